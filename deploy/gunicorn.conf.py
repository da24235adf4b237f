"""gunicorn, as the service is run on a server: gunicorn -c deploy/gunicorn.conf.py cyppgraph.web.wsgi:app

All settings are those of the service (CYPPGRAPH_*, see docs/running.md); nothing here need be changed.
"""

from cyppgraph.settings import read_settings

_settings = read_settings()

bind = f"[{_settings.host}]:{_settings.port}" if ":" in _settings.host else f"{_settings.host}:{_settings.port}"

# One process: queries run in worker processes of their own, and what one client may ask is counted in this one.
# The threads wait, for workers and for clients.
workers = 1
worker_class = "gthread"
threads = _settings.threads

# The application is made in the process that serves it, since the processes and threads that it starts would not
# survive the fork; and so that a reload (SIGHUP) reads the settings and the data anew.
preload_app = False

# Told to stop, it takes nothing new and lets what is running end: a query has its time, and its answer some more.
graceful_timeout = int(_settings.time_limit) + 10
# For the heartbeat of the process only: with threads this ends no query.
timeout = 60
# Longer than nginx keeps an idle connection open to us, so that it never sends a request into one being closed.
keepalive = 75

# The heartbeat file must not be on a slow disk, and needs a place where the root file system is read-only.
worker_tmp_dir = "/dev/shm"  # noqa: S108  # a file without a name
control_socket_disable = True  # nothing but signals; it would need a home folder that can be written to

# The most that gunicorn takes; longer queries come by POST.
limit_request_line = 8190

# The service itself decides which proxies to believe (CYPPGRAPH_TRUSTED_PROXIES).
forwarded_allow_ips = ""
secure_scheme_headers = {}

# The service writes its own access log (CYPPGRAPH_ACCESS_LOG).
accesslog = None
errorlog = "-"
loglevel = "info"
proc_name = "cyppgraph"
