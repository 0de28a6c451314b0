"""OpenStack Swift for one test: its four servers in one process, from the configuration of a directory.

swift-servers.py DIRECTORY PROXY ACCOUNT CONTAINER OBJECT (ports of loopback)
"""
import os
import sys

import eventlet
import eventlet.wsgi

eventlet.monkey_patch()

from swift.common.ring import RingBuilder
from swift.common.utils import set_swift_dir
from swift.common.wsgi import SwiftHttpProtocol, loadapp

directory, *ports = sys.argv[1:]
set_swift_dir(directory)
servers = dict(zip(('proxy', 'account', 'container', 'object'), map(int, ports)))
for name, port in servers.items():
    if name == 'proxy':
        continue
    builder = RingBuilder(0, 1, 0)
    builder.add_dev({'region': 1, 'zone': 1, 'ip': '127.0.0.1', 'port': port, 'device': 'd', 'weight': 1.0})
    builder.rebalance()
    builder.get_ring().save(os.path.join(directory, name + '.ring.gz'))
running = []
for name, port in servers.items():
    app = loadapp(os.path.join(directory, name + '-server.conf'), global_conf={'log_name': name})
    socket = eventlet.listen(('127.0.0.1', port))
    ways = {'protocol': SwiftHttpProtocol, 'capitalize_response_headers': False}
    running.append(eventlet.spawn(eventlet.wsgi.server, socket, app, open(os.devnull, 'w'), **ways))
for server in running:
    server.wait()
