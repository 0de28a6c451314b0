import type { Product } from '../product.ts'
import { commands, rsyslog, rsyslogTls } from './sending.ts'

const fortios = 'FortiOS CLI'

function fortigate(mode: string): string {
  return `config log syslogd setting
    set status enable
    set server "{{host}}"
    set port {{port}}
    set mode ${mode}
    set format default
    set facility local7
end
config log syslogd filter
    set severity information
    set forward-traffic enable
    set local-traffic enable
end`
}

function panOs(transport: string): string {
  return `configure
set shared log-settings syslog haidang server haidang server {{host}} transport ${transport} port {{port}} format BSD facility LOG_USER
set shared log-settings profiles haidang match-list traffic log-type traffic filter "All Logs" send-syslog haidang
set shared log-settings profiles haidang match-list threat log-type threat filter "All Logs" send-syslog haidang
set shared log-settings system match-list haidang filter "All Logs" send-syslog haidang
set shared log-settings config match-list haidang filter "All Logs" send-syslog haidang
# and for each security rule:  set rulebase security rules RULE log-setting haidang
commit`
}

/** Firewalls and gateways. */
export const firewalls: readonly Product[] = [
  {
    id: 'fortigate',
    name: 'FortiGate',
    vendor: 'Fortinet',
    kind: 'firewall',
    formats: ['fortigate'],
    ways: [
      commands('syslog-udp', fortios, fortigate('udp')),
      commands('syslog-tcp', fortios, fortigate('reliable')),
      commands(
        'syslog-tls',
        fortios,
        `${fortigate('reliable').replace('    set format', '    set enc-algorithm high\n    set format')}
# first: Certificates > Import > CA certificate, the file of \`npx haidang source authority\``,
      ),
    ],
    first: {
      vi: 'Gõ “diagnose log test” trên thiết bị: nó gửi ngay mỗi loại nhật ký một bản ghi. Không thì bản ghi lưu lượng đầu tiên khi một phiên kết thúc.',
      en: 'Type “diagnose log test” on the device: it sends one record of each kind at once. Otherwise the first traffic record as a session ends.',
    },
    versions: 'FortiOS 6.4 – 7.6',
    documentation:
      'https://docs.fortinet.com/document/fortigate/7.4.0/fortios-log-message-reference',
    words: 'fortios tường lửa utm sslvpn',
  },
  {
    id: 'palo-alto',
    name: 'Palo Alto PAN-OS',
    vendor: 'Palo Alto Networks',
    kind: 'firewall',
    formats: ['pan-os'],
    ways: [
      commands('syslog-udp', 'PAN-OS CLI', panOs('UDP')),
      commands('syslog-tcp', 'PAN-OS CLI', panOs('TCP')),
    ],
    first: {
      vi: 'Lệnh commit tự tạo bản ghi CONFIG; bản ghi TRAFFIC đầu tiên tới khi một phiên kết thúc.',
      en: 'The commit itself makes a CONFIG record; the first TRAFFIC record comes as a session ends.',
    },
    versions: 'PAN-OS 10.1 – 11.2',
    documentation:
      'https://docs.paloaltonetworks.com/pan-os/11-0/pan-os-admin/monitoring/use-syslog-for-monitoring/syslog-field-descriptions',
    words: 'panos globalprotect panorama tường lửa',
  },
  {
    id: 'check-point',
    name: 'Check Point',
    vendor: 'Check Point',
    kind: 'firewall',
    formats: ['check-point'],
    ways: [
      commands(
        'syslog-tcp',
        'Expert mode, management or log server',
        `cp_log_export add name haidang target-server {{host}} target-port {{port}} protocol tcp format syslog
cp_log_export restart name haidang`,
      ),
      commands(
        'syslog-udp',
        'Expert mode, management or log server',
        `cp_log_export add name haidang target-server {{host}} target-port {{port}} protocol udp format syslog
cp_log_export restart name haidang`,
      ),
    ],
    first: {
      vi: 'Kết nối đầu tiên được một luật có Track = Log cho qua hay chặn.',
      en: 'The first connection that a rule with Track = Log accepts or drops.',
    },
    versions: 'R80.20 – R82',
    documentation:
      'https://sc1.checkpoint.com/documents/R81/WebAdminGuides/EN/CP_R81_LoggingAndMonitoring_AdminGuide/Topics-LMG/Log-Exporter.htm',
    words: 'checkpoint log exporter tường lửa',
  },
  {
    id: 'cisco-asa',
    name: 'Cisco ASA',
    vendor: 'Cisco',
    kind: 'firewall',
    formats: ['cisco-asa'],
    ways: [
      commands(
        'syslog-udp',
        'ASA CLI',
        `configure terminal
 logging enable
 logging timestamp
 logging device-id hostname
 logging trap informational
 logging host inside {{host}} udp/{{port}}
 end
write memory`,
      ),
      commands(
        'syslog-tcp',
        'ASA CLI',
        `configure terminal
 logging enable
 logging timestamp
 logging device-id hostname
 logging trap informational
 logging permit-hostdown
 logging host inside {{host}} tcp/{{port}}
 end
write memory`,
      ),
    ],
    first: {
      vi: 'Lệnh vừa gõ tạo bản ghi 111008/111010; kết nối mở và đóng là 302013 và 302014.',
      en: 'The commands just typed make records 111008/111010; connections opened and closed are 302013 and 302014.',
    },
    versions: 'ASA 9.x, FTD',
    documentation: 'https://www.cisco.com/c/en/us/td/docs/security/asa/syslog/b_syslog.html',
    words: 'firepower ftd anyconnect tường lửa',
  },
  {
    id: 'pfsense',
    name: 'pfSense, OPNsense',
    vendor: 'Netgate, Deciso',
    kind: 'firewall',
    formats: ['filterlog'],
    ways: [
      commands(
        'syslog-udp',
        'pfSense: Status > System Logs > Settings; OPNsense: System > Settings > Logging > Remote',
        `Remote log server:  {{host}}:{{port}}
Contents:           Firewall Events, System Events, General Authentication Events, VPN Events`,
      ),
    ],
    first: {
      vi: 'Gói đầu tiên bị luật có bật “Log packets” chặn hay cho qua (chương trình filterlog).',
      en: 'The first packet that a rule with “Log packets” blocks or passes (program filterlog).',
    },
    versions: 'pfSense 2.6 – 2.8, OPNsense 22 – 25',
    documentation:
      'https://docs.netgate.com/pfsense/en/latest/monitoring/logs/raw-filter-format.html',
    words: 'opnsense filterlog pf tường lửa',
  },
  {
    id: 'netfilter',
    name: 'iptables, nftables, ufw',
    vendor: 'Linux',
    kind: 'firewall',
    formats: ['netfilter'],
    ways: [rsyslog('kern.*'), rsyslogTls('kern.*')],
    first: {
      vi: 'Gói đầu tiên khớp một luật LOG (nft: log prefix "[DROP] "; ufw: ufw logging on).',
      en: 'The first packet that meets a LOG rule (nft: log prefix "[DROP] "; ufw: ufw logging on).',
    },
    versions: 'Linux 4 – 6',
    documentation: 'https://wiki.nftables.org/wiki-nftables/index.php/Logging_traffic',
    words: 'iptables nftables ufw linux tường lửa',
  },
]
