"""
The demo province: a script in data files, and an engine that plays it through the real actions.

Of our code it may use the actions and the clock, and the schedule, because time that passes is the
scheduler at work (docs/adr/0008); what is there already it looks up in `reading`.
"""
