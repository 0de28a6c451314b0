import type { Product } from '../product.ts'
import { beatsOutput, commands, filebeat, rsyslog, rsyslogFollows, tail } from './sending.ts'

/** Web servers, what stands before them, and mail. */
export const webAndMail: readonly Product[] = [
  {
    id: 'nginx',
    name: 'nginx',
    vendor: 'F5',
    kind: 'web',
    formats: ['access-log'],
    ways: [
      commands(
        'syslog-udp',
        'nginx.conf, in http { }',
        'access_log syslog:server={{host}}:{{port}},tag=nginx combined;',
      ),
      tail('/var/log/nginx/access.log'),
      rsyslogFollows('/var/log/nginx/access.log', 'nginx'),
      filebeat('/var/log/nginx/access.log'),
    ],
    first: { vi: 'Mở trang web một lần.', en: 'Open the site once.' },
    versions: 'nginx 1.18 – 1.29',
    documentation: 'https://nginx.org/en/docs/http/ngx_http_log_module.html',
    words: 'web http access log máy chủ web',
  },
  {
    id: 'apache',
    name: 'Apache httpd',
    vendor: 'Apache',
    kind: 'web',
    formats: ['access-log'],
    ways: [
      rsyslogFollows('/var/log/apache2/access.log', 'apache2'),
      tail('/var/log/apache2/access.log'),
      filebeat('/var/log/apache2/access.log'),
    ],
    first: { vi: 'Mở trang web một lần.', en: 'Open the site once.' },
    versions: 'httpd 2.4',
    documentation: 'https://httpd.apache.org/docs/2.4/mod/mod_log_config.html',
    words: 'web http access log máy chủ web',
  },
  {
    id: 'iis',
    name: 'IIS',
    vendor: 'Microsoft',
    kind: 'web',
    formats: ['w3c'],
    ways: [filebeat('C:\\inetpub\\logs\\LogFiles\\*\\*.log'), tail('/srv/iis-logs/*.log')],
    first: {
      vi: 'Mở trang web một lần; IIS ghi tệp chậm chừng một phút.',
      en: 'Open the site once; IIS writes its file about a minute later.',
    },
    versions: 'IIS 8 – 10',
    documentation: 'https://learn.microsoft.com/windows/win32/http/w3c-logging',
    words: 'w3c windows web http máy chủ web',
  },
  {
    id: 'squid',
    name: 'Squid',
    vendor: 'Squid',
    kind: 'web',
    formats: ['squid'],
    ways: [
      commands('syslog-udp', 'squid.conf', `access_log udp://{{host}}:{{port}} squid`),
      rsyslogFollows('/var/log/squid/access.log', 'squid'),
      tail('/var/log/squid/access.log'),
    ],
    first: {
      vi: 'Mở một trang qua proxy.',
      en: 'Open a page through the proxy.',
    },
    versions: 'Squid 4 – 7',
    documentation: 'https://wiki.squid-cache.org/Features/LogFormat',
    words: 'proxy web',
  },
  {
    id: 'modsecurity',
    name: 'ModSecurity',
    vendor: 'OWASP',
    kind: 'web',
    formats: ['modsecurity', 'modsecurity-audit'],
    ways: [
      rsyslogFollows('/var/log/apache2/error.log', 'apache2'),
      tail('/var/log/modsec_audit.json'),
      filebeat('/var/log/modsec_audit.json'),
    ],
    first: {
      vi: 'Mở “/?q=<script>”: luật XSS ghi một dòng. Nhật ký kiểm tra phải là JSON (SecAuditLogFormat JSON, SecAuditLogType Serial).',
      en: 'Open “/?q=<script>”: a rule against XSS writes a line. The audit log must be JSON (SecAuditLogFormat JSON, SecAuditLogType Serial).',
    },
    versions: 'ModSecurity 2.9, 3.0',
    documentation:
      'https://github.com/owasp-modsecurity/ModSecurity/wiki/ModSecurity-2-Data-Formats',
    words: 'waf crs tường lửa ứng dụng web',
  },
  {
    id: 'postfix',
    name: 'Postfix',
    vendor: 'Postfix',
    kind: 'mail',
    formats: ['postfix'],
    ways: [rsyslog('mail.*'), tail('/var/log/mail.log')],
    first: { vi: 'Gửi một thư qua máy chủ.', en: 'Send a mail through the server.' },
    versions: 'Postfix 3',
    documentation: 'https://www.postfix.org/DEBUG_README.html',
    words: 'smtp thư điện tử',
  },
  {
    id: 'dovecot',
    name: 'Dovecot',
    vendor: 'Dovecot',
    kind: 'mail',
    formats: ['dovecot'],
    ways: [rsyslog('mail.*'), tail('/var/log/mail.log')],
    first: { vi: 'Mở hộp thư một lần.', en: 'Open a mailbox once.' },
    versions: 'Dovecot 2.3 – 2.4',
    documentation: 'https://doc.dovecot.org/main/core/admin/logging.html',
    words: 'imap pop3 thư điện tử',
  },
  {
    id: 'exchange',
    name: 'Exchange message tracking',
    vendor: 'Microsoft',
    kind: 'mail',
    formats: ['exchange-tracking'],
    ways: [
      commands(
        'elastic-bulk',
        'filebeat.yml',
        `filebeat.inputs:
  - type: filestream
    id: {{name}}
    paths: ['C:\\Program Files\\Microsoft\\Exchange Server\\V15\\TransportRoles\\Logs\\MessageTracking\\*.LOG']
    exclude_lines: ['^#']
${beatsOutput}`,
      ),
      tail('/srv/exchange-tracking/*.LOG'),
    ],
    first: { vi: 'Gửi một thư qua máy chủ.', en: 'Send a mail through the server.' },
    versions: 'Exchange 2013 – 2019, SE',
    documentation: 'https://learn.microsoft.com/exchange/mail-flow/transport-logs/message-tracking',
    words: 'smtp thư điện tử microsoft',
  },
]
