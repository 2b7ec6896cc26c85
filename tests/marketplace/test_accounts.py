"""Log in, sign up, reset a password, add a phone: what works, what is refused, what is not told."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client

from marketplace.models import User
from tests.factories.marketplace import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

PHONE = "13807971234"
NEW = {"password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    """Start each test with no attempt counted."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def sms(settings, tmp_path: Path) -> Path:
    settings.SMS_FILE_PATH = str(tmp_path)
    return tmp_path


def log_in(client: Client, login: str, password: str = PASSWORD, **extra: str):
    return client.post("/accounts/login/", {"login": login, "password": password, **extra})


def user_of(client: Client) -> int | None:
    pk = client.session.get("_auth_user_id")
    return int(pk) if pk else None


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


# --- log in -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "login",
    ["zhangsan", "zhang@example.test", "Zhang@Example.test", PHONE, "+86 138-0797-1234"],
)
def test_a_person_logs_in_by_user_name_e_mail_or_phone(client: Client, login: str) -> None:
    user = UserFactory(
        username="zhangsan", email="zhang@example.test", phone=PHONE, is_phone_verified=True
    )

    response = log_in(client, login)

    assert response.url == "/workbench/"
    assert user_of(client) == user.pk


def test_a_phone_that_is_not_verified_logs_nobody_in(client: Client) -> None:
    UserFactory(phone=PHONE)

    assert log_in(client, PHONE).status_code == 200
    assert user_of(client) is None


@pytest.mark.parametrize(
    ("known", "unknown"),
    [
        ("zhangsan", "lisi"),
        ("zhang@example.test", "li@example.test"),
        (PHONE, "13907970000"),
    ],
)
def test_a_wrong_password_and_an_unknown_login_get_the_same_answer(
    client: Client, known: str, unknown: str
) -> None:
    UserFactory(
        username="zhangsan", email="zhang@example.test", phone=PHONE, is_phone_verified=True
    )

    answers = [
        re.findall(r'role="alert".*?</div>', text_of(log_in(client, login, "wrong")))
        for login in (known, unknown)
    ]

    assert answers[0] == answers[1] != []


def test_an_inactive_person_stays_outside(client: Client) -> None:
    UserFactory(username="zhangsan", is_active=False)

    assert log_in(client, "zhangsan").url == "/accounts/inactive/"
    assert user_of(client) is None


def test_log_in_leads_back_to_the_page_that_asked_for_it_but_not_elsewhere(
    client: Client,
) -> None:
    UserFactory(username="zhangsan")

    assert log_in(client, "zhangsan", next="/inbox/").url == "/inbox/"
    client.logout()
    assert log_in(client, "zhangsan", next="https://evil.test/").url == "/workbench/"


HERE, STRANGER = {"REMOTE_ADDR": "203.0.113.1"}, {"REMOTE_ADDR": "203.0.113.2"}


def try_at(client: Client, login: str, password: str, where: dict[str, str]) -> int | None:
    client.post("/accounts/login/", {"login": login, "password": password}, **where)
    return user_of(client)


@pytest.mark.parametrize("name", ["zhangsan", "ZHANGSAN", "zhang@example.test"])
def test_five_wrong_passwords_lock_one_account_at_one_address_and_no_other(name: str) -> None:
    user = UserFactory(username="zhangsan", email="zhang@example.test")
    other = UserFactory(username="lisi")
    for _attempt in range(5):
        try_at(Client(), name, "wrong", STRANGER)

    assert try_at(Client(), "zhangsan", PASSWORD, STRANGER) is None
    assert try_at(Client(), "lisi", PASSWORD, STRANGER) == other.pk
    assert try_at(Client(), "zhangsan", PASSWORD, HERE) == user.pk


def test_strangers_lock_nobody_out_of_a_device_they_have_logged_in_with(settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_strangers": "3/h/key"}
    user, device = UserFactory(username="zhangsan"), Client()
    assert try_at(device, "zhangsan", PASSWORD, HERE) == user.pk
    device.cookies.pop("sessionid")
    for number in range(5):
        try_at(Client(), "zhangsan", "wrong", {"REMOTE_ADDR": f"203.0.113.{number + 9}"})

    assert try_at(Client(), "zhangsan", PASSWORD, HERE) is None
    assert try_at(device, "zhangsan", PASSWORD, HERE) == user.pk


def test_a_known_device_is_known_to_its_people_only_and_has_a_limit_of_its_own() -> None:
    UserFactory(username="zhangsan")
    UserFactory(username="lisi")
    device, forged = Client(), Client()
    try_at(device, "zhangsan", PASSWORD, HERE)
    forged.cookies["device"] = "WyJ4IixbIjEiXV0:forged"

    for client, name in ((device, "lisi"), (forged, "zhangsan"), (device, "zhangsan")):
        client.cookies.pop("sessionid", None)
        for _attempt in range(5):
            try_at(client, name, "wrong", HERE)
        assert try_at(client, name, PASSWORD, HERE) is None


def test_too_many_attempts_from_one_address_are_answered_429_in_chinese(
    client: Client, settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "2/m/ip"}
    statuses = [log_in(client, "nobody", "wrong").status_code for _attempt in range(2)]

    refused = log_in(client, "nobody", "wrong")

    assert statuses == [200, 200]
    assert refused.status_code == 429
    assert "访问过于频繁，这一次没有处理" in text_of(refused)


@pytest.mark.parametrize(("proxies", "statuses"), [(1, [200, 200]), (0, [200, 429])])
def test_each_reader_behind_a_counted_proxy_has_a_limit_of_their_own(
    client: Client, settings, proxies: int, statuses: list[int]
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "1/m/ip"}
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies

    answers = [
        client.post(
            "/accounts/login/",
            {"login": "nobody", "password": "wrong"},
            headers={"X-Forwarded-For": address},
        )
        for address in ("203.0.113.1", "203.0.113.2")
    ]

    assert [answer.status_code for answer in answers] == statuses


# --- sign up ------------------------------------------------------------------------------------
def sign_up(client: Client, username: str = "zhangsan", email: str = "zhang@example.test"):
    return client.post("/accounts/signup/", {"username": username, "email": email, **NEW})


def test_sign_up_leads_to_registration_without_asking_for_a_phone(client: Client) -> None:
    page = client.get("/accounts/signup/")
    assert 'name="phone"' not in page.content.decode()

    response = sign_up(client)

    user = User.objects.get()
    assert (user.username, user.phone) == ("zhangsan", None)
    assert response.url == "/workbench/"
    assert "先登记或加入一家单位" in client.get(response.url).content.decode()


@pytest.mark.parametrize(
    ("username", "reason"),
    [
        ("360702198001011234", "请不要用身份证号作用户名。"),
        ("taken", "这个用户名已经有人使用。"),
        ("TAKEN", "这个用户名已经有人使用。"),
    ],
)
def test_sign_up_refuses_a_user_name_that_gives_a_person_away_or_is_taken(
    client: Client, username: str, reason: str
) -> None:
    UserFactory(username="taken")

    response = sign_up(client, username=username)

    assert reason in text_of(response)
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "email", ["36070219800101123X@example.test", "id-36070219800101123x.a@example.test"]
)
def test_an_address_with_an_id_card_number_is_no_login(client: Client, email: str) -> None:
    response = sign_up(client, email=email)

    assert "请不要用含有身份证号的邮箱，邮箱可以用来登录。" in text_of(response)
    assert not User.objects.exists()


def test_an_address_with_an_id_card_number_is_not_added_later(client: Client) -> None:
    user = UserFactory()
    client.force_login(user)

    client.post("/accounts/email/", {"email": "36070219800101123X@example.test", "action_add": ""})

    assert not EmailAddress.objects.filter(email__startswith="3607").exists()


def test_sign_up_refuses_a_weak_password(client: Client) -> None:
    weak = "jiangxi2026jiangxi2026"
    data = {"username": "zhangsan", "email": "zhang@example.test"}

    response = client.post("/accounts/signup/", {**data, "password1": weak, "password2": weak})

    assert response.status_code == 200
    assert not User.objects.exists()


def answer_of(response) -> tuple[int, str]:
    """Return what a browser learns from an answer."""
    return response.status_code, response.url


def seen_by(client: Client, path: str) -> str:
    """Return the words of a page without its frame, which has tokens of its own."""
    main = text_of(client.get(path)).split("<main", 1)[1].split("</main>", 1)[0]
    return re.sub(r"<[^>]+>", " ", main)


@pytest.mark.parametrize("confirmed_by_its_owner", [True, False])
def test_k10_06_sign_up_with_a_known_address_tells_only_its_owner(
    client: Client, settings, *, confirmed_by_its_owner: bool
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"  # as production has it
    owner = UserFactory(username="owner", email="zhang@example.test")
    if confirmed_by_its_owner:
        EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)

    known, known_letters = sign_up(client), [*mail.outbox]
    mail.outbox.clear()
    new = sign_up(other := Client(), username="lisi", email="li@example.test")

    assert answer_of(known) == answer_of(new) == (302, "/accounts/confirm-email/")
    shown = [seen_by(client, known.url), seen_by(other, new.url)]
    assert shown[0].replace("zhang@example.test", "li@example.test") == shown[1]
    assert [letter.to for letter in known_letters] == [["zhang@example.test"]]
    assert "但这个邮箱已经有账号" in known_letters[0].body
    assert [letter.to for letter in mail.outbox] == [["li@example.test"]]
    assert "confirm-email" in mail.outbox[0].body
    assert [*User.objects.filter(email="zhang@example.test")] == [owner]
    assert user_of(client) is None


def test_k10_06_nor_does_it_where_addresses_need_no_confirmation(client: Client) -> None:
    owner = UserFactory(username="owner", email="zhang@example.test")

    known = sign_up(client)
    known_letters = [*mail.outbox]
    mail.outbox.clear()
    new = sign_up(Client(), username="lisi", email="li@example.test")

    assert answer_of(known) == answer_of(new) == (302, "/workbench/")
    assert [letter.to for letter in known_letters] == [["zhang@example.test"]]
    assert [letter.subject for letter in known_letters] == [one.subject for one in mail.outbox]
    assert [letter.to for letter in mail.outbox] == [["li@example.test"]]
    assert user_of(client) != owner.pk
    assert not EmailAddress.objects.filter(email="zhang@example.test", verified=True).exists()
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)


# --- password reset -----------------------------------------------------------------------------
def test_a_password_is_reset_by_e_mail_and_the_old_one_ends(client: Client) -> None:
    UserFactory(username="zhangsan", email="zhang@example.test")
    client.post("/accounts/password/reset/", {"email": "zhang@example.test"})
    [letter] = mail.outbox
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", letter.body)
    assert link

    form = client.get(link[1], follow=True)
    new = "Porcelain-blue-9"
    client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})

    assert log_in(client, "zhangsan").status_code == 200
    assert log_in(client, "zhangsan", new).url == "/workbench/"


def test_reset_answers_the_same_for_a_known_and_an_unknown_address(client: Client) -> None:
    UserFactory(email="zhang@example.test")

    known = client.post("/accounts/password/reset/", {"email": "zhang@example.test"})
    unknown = client.post("/accounts/password/reset/", {"email": "li@example.test"})

    assert known.url == unknown.url == "/accounts/password/reset/done/"


# --- phone --------------------------------------------------------------------------------------
def code_sent(sms: Path) -> str:
    [path] = sms.iterdir()
    found = re.search(r"验证码 (\S+)，", path.read_text(encoding="utf-8"))
    assert found
    path.unlink()
    return found[1]


def test_a_phone_counts_once_its_code_is_typed_in(client: Client, sms: Path) -> None:
    user = UserFactory(username="zhangsan")
    log_in(client, "zhangsan")

    client.post("/accounts/phone/change/", {"phone": "138 0797 1234"})
    user.refresh_from_db()
    assert user.phone is None

    client.post("/accounts/phone/verify/", {"code": code_sent(sms), "action": "verify"})
    user.refresh_from_db()
    assert (user.phone, user.is_phone_verified) == (PHONE, True)
    client.logout()
    log_in(client, PHONE)
    assert user_of(client) == user.pk


def test_a_wrong_code_changes_nothing(client: Client, sms: Path) -> None:
    user = UserFactory(username="zhangsan")
    log_in(client, "zhangsan")
    client.post("/accounts/phone/change/", {"phone": PHONE})
    code_sent(sms)

    for _attempt in range(3):
        client.post("/accounts/phone/verify/", {"code": "000000", "action": "verify"})

    user.refresh_from_db()
    assert (user.phone, user.is_phone_verified) == (None, False)


def test_somebody_else_s_phone_is_not_given_away_and_not_taken(client: Client, sms: Path) -> None:
    owner = UserFactory(phone=PHONE, is_phone_verified=True)
    UserFactory(username="zhangsan")
    log_in(client, "zhangsan")

    free = client.post("/accounts/phone/change/", {"phone": "13907970000"})
    code_sent(sms)
    taken = client.post("/accounts/phone/change/", {"phone": PHONE})

    assert free.url == taken.url == "/accounts/phone/verify/"
    [path] = sms.iterdir()
    assert "它已属于另一个账号" in path.read_text(encoding="utf-8")
    owner.refresh_from_db()
    assert owner.phone == PHONE


def test_a_number_that_is_no_mobile_gets_no_code(client: Client, sms: Path) -> None:
    client.force_login(UserFactory())

    response = client.post("/accounts/phone/change/", {"phone": "+1 2025550100"})

    assert "手机号码应为 11 位，以 1 开头。" in text_of(response)
    assert not any(sms.iterdir())


def test_a_second_code_within_the_pause_is_answered_429(client: Client, sms: Path) -> None:
    client.force_login(UserFactory())
    client.post("/accounts/phone/change/", {"phone": PHONE})

    again = client.post("/accounts/phone/change/", {"phone": PHONE})

    assert again.status_code == 429


# --- the editors' pages ---------------------------------------------------------------------------
@pytest.mark.parametrize("path", ["/cms/", "/cms/pages/", "/cms/login/"])
def test_the_editors_pages_use_the_same_log_in(client: Client, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 302
    assert response.url.partition("?")[0] == "/accounts/login/"


def test_a_person_who_is_no_editor_gets_403_under_cms(client: Client) -> None:
    client.force_login(UserFactory())

    assert client.get("/cms/").status_code == 403


def test_an_editor_gets_in(client: Client) -> None:
    client.force_login(UserFactory(is_superuser=True))

    assert client.get("/cms/").status_code == 200
