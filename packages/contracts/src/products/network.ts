import type { Product } from '../product.ts'
import { commands, filebeat, rsyslogFollows, tail } from './sending.ts'

function routerOs(format: string): string {
  return `/system logging action add name=haidang target=remote remote={{host}} remote-port={{port}} ${format}
/system logging add action=haidang topics=info
/system logging add action=haidang topics=warning
/system logging add action=haidang topics=error
/system logging add action=haidang topics=critical
/system logging add action=haidang topics=firewall`
}

/** Routers, switches, and what watches the network. */
export const network: readonly Product[] = [
  {
    id: 'mikrotik',
    name: 'MikroTik RouterOS',
    vendor: 'MikroTik',
    kind: 'network',
    formats: ['mikrotik'],
    ways: [
      commands('syslog-udp', 'RouterOS 7.18+', routerOs('remote-log-format=syslog')),
      commands('syslog-udp', 'RouterOS 6 – 7.17', routerOs('bsd-syslog=yes')),
    ],
    first: {
      vi: 'Đăng nhập lại vào thiết bị: bản ghi “system,info,account user … logged in”.',
      en: 'Sign in to the device again: the record “system,info,account user … logged in”.',
    },
    versions: 'RouterOS 6.49 – 7.20',
    documentation: 'https://help.mikrotik.com/docs/spaces/ROS/pages/328094/Log',
    words: 'routeros winbox router bộ định tuyến',
  },
  {
    id: 'cisco-ios',
    name: 'Cisco IOS, IOS XE',
    vendor: 'Cisco',
    kind: 'network',
    formats: ['cisco-ios'],
    ways: [
      commands(
        'syslog-udp',
        'IOS CLI',
        `configure terminal
 service timestamps log datetime msec localtime show-timezone year
 logging origin-id hostname
 logging trap informational
 logging host {{host}} transport udp port {{port}}
 login on-failure log
 login on-success log
 archive
  log config
   logging enable
   notify syslog
 end
write memory`,
      ),
    ],
    first: {
      vi: 'Thoát chế độ cấu hình tạo bản ghi %SYS-5-CONFIG_I.',
      en: 'Leaving configuration mode makes the record %SYS-5-CONFIG_I.',
    },
    versions: 'IOS 15, IOS XE 16 – 17',
    documentation:
      'https://www.cisco.com/c/en/us/td/docs/ios-xml/ios/sec_usr_cfg/configuration/15-mt/sec-usr-cfg-15-mt-book/sec-login-enhance.html',
    words: 'catalyst router switch bộ định tuyến chuyển mạch',
  },
  {
    id: 'suricata',
    name: 'Suricata',
    vendor: 'OISF',
    kind: 'sensor',
    formats: ['suricata-eve'],
    ways: [
      tail('/var/log/suricata/eve.json'),
      filebeat('/var/log/suricata/eve.json'),
      rsyslogFollows('/var/log/suricata/eve.json', 'suricata'),
    ],
    first: {
      vi: 'Suricata ghi sự kiện “stats” cứ 8 giây một lần; alert, dns, http, tls tới khi có lưu lượng.',
      en: 'Suricata writes a “stats” event every 8 seconds; alert, dns, http, tls come with traffic.',
    },
    versions: 'Suricata 6 – 8',
    documentation: 'https://docs.suricata.io/en/latest/output/eve/eve-json-format.html',
    words: 'eve ids ips cảm biến',
  },
  {
    id: 'zeek',
    name: 'Zeek',
    vendor: 'Zeek',
    kind: 'sensor',
    formats: ['zeek-json', 'zeek-tsv'],
    ways: [
      tail('/opt/zeek/logs/current/*.log'),
      filebeat('/opt/zeek/logs/current/*.log'),
      rsyslogFollows('/opt/zeek/logs/current/*.log', 'zeek'),
    ],
    first: {
      vi: 'Dòng đầu tiên của conn.log khi một kết nối kết thúc. Ghi JSON: thêm “@load policy/tuning/json-logs” vào local.zeek; TSV cũng đọc được từ tệp.',
      en: 'The first line of conn.log as a connection ends. For JSON put “@load policy/tuning/json-logs” in local.zeek; TSV is read from files as well.',
    },
    versions: 'Zeek 4 – 7',
    documentation: 'https://docs.zeek.org/en/master/log-formats.html',
    words: 'bro ids cảm biến conn.log',
  },
  {
    id: 'wazuh',
    name: 'Wazuh',
    vendor: 'Wazuh',
    kind: 'sensor',
    formats: ['wazuh'],
    ways: [
      tail('/var/ossec/logs/alerts/alerts.json'),
      commands(
        'syslog-udp',
        'Wazuh manager: /var/ossec/etc/ossec.conf, in <ossec_config>',
        `<syslog_output>
  <server>{{host}}</server>
  <port>{{port}}</port>
  <format>json</format>
  <level>3</level>
</syslog_output>`,
      ),
      filebeat('/var/ossec/logs/alerts/alerts.json'),
    ],
    first: {
      vi: 'Cảnh báo đầu tiên từ mức 3 trở lên: khởi động lại trình quản lý tạo luật 502.',
      en: 'The first alert of level 3 or above: a restart of the manager raises rule 502.',
    },
    versions: 'Wazuh 4.x',
    documentation:
      'https://documentation.wazuh.com/current/user-manual/ruleset/rules/rules-classification.html',
    words: 'ossec xdr siem',
  },
]
