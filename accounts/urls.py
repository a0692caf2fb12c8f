"""Addresses of accounts: ours, and those of allauth's pages that the portal uses.

allauth's own list is not included, since it would also open pages that the
portal has no use for (sign-up, other addresses, phones, codes by mail).
"""

from django.urls import path, re_path

from accounts.views import invitations, login, notices, own, people, second_factor

app_name = "accounts"

urlpatterns = [
    path("landing/", own.landing, name="landing"),
    path("extend/", own.extend, name="extend"),
    path("profile/", own.profile, name="profile"),
    path("notices/", notices.notices, name="notices"),
    path("notices/bell/", notices.bell, name="bell"),
    path("notices/read/", notices.read_all, name="notices-read"),
    path("notices/settings/", notices.settings, name="notice-settings"),
    path("notices/settings/usual/", notices.usual, name="notice-settings-usual"),
    path("notices/<int:pk>/open/", notices.open_notice, name="notice-open"),
    path("notices/<int:pk>/read/", notices.read, name="notice-read"),
    path("notices/<int:pk>/unread/", notices.unread, name="notice-unread"),
    path("2fa/totp/replace/", second_factor.replace, name="replace-second-factor"),
    path("invitations/<str:token>/", invitations.accept, name="accept-invitation"),
]

# With allauth's names, which it looks for without a namespace.
login_urls = [
    path("login/", login.login, name="account_login"),
    path("logout/", login.logout, name="account_logout"),
    path("inactive/", login.inactive, name="account_inactive"),
    path("signup/", login.signup_closed, name="account_signup"),
    path("reauthenticate/", login.reauthenticate, name="account_reauthenticate"),
    path("password/change/", login.change_password, name="account_change_password"),
    path("password/reset/", login.reset_password, name="account_reset_password"),
    path("password/reset/done/", login.reset_password_done, name="account_reset_password_done"),
    path("password/reset/key/done/", login.key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        login.reset_password_from_key,
        name="account_reset_password_from_key",
    ),
    path("2fa/", second_factor.index, name="mfa_index"),
    path("2fa/authenticate/", login.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", second_factor.activate, name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", second_factor.deactivate, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", second_factor.recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", second_factor.new_codes, name="mfa_generate_recovery_codes"),
    path("sessions/", own.sessions, name="usersessions_list"),
]

desk_urls = [
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/invitations/<int:pk>/send-again/", people.send_again, name="send-again"),
    path("people/invitations/<int:pk>/revoke/", people.revoke, name="revoke"),
    path("people/<int:pk>/", people.account, name="account"),
    path("people/<int:pk>/role/", people.change_role, name="role"),
    re_path(rf"^people/(?P<pk>\d{{1,18}})/(?P<action>{'|'.join(people.ACTIONS)})/$", people.do, name="do"),
]
