"""
The demo province: a script in data files, and an engine that plays it through the real actions.

Of our code it may use what a page may: the actions, the queries, the clock and the schedule.
"""
