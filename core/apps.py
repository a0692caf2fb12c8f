from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Machinery that knows no subject"
