# wsgidav for webdav.mjs: anybody may write into the folder that is named. It says its port in one line and ends when its
# standard input does, so it outlives no test.
import sys
import threading

from cheroot.wsgi import Server
from wsgidav.wsgidav_app import WsgiDAVApp

app = WsgiDAVApp({
    "provider_mapping": {"/": sys.argv[1]},
    "simple_dc": {"user_mapping": {"*": True}},
    # Complaints only; each answer is in the log of the proxy.
    "verbose": 1,
})
server = Server(("127.0.0.1", 0), app)
server.prepare()
threading.Thread(target=server.serve, daemon=True).start()
print(server.bind_addr[1], flush=True)
sys.stdin.read()
server.stop()
