import type { Product } from '../product.ts'
import { commands } from './sending.ts'

const first: Product['first'] = {
  vi: 'Một kết nối bất kỳ kết thúc hoặc kéo dài quá một phút: sự kiện loại Network Activity.',
  en: 'Any connection ends, or lasts more than a minute: an event of class Network Activity.',
}
const firstSample: Product['first'] = {
  vi: 'Một gói tin được lấy mẫu: sự kiện loại Network Activity.',
  en: 'A packet is sampled: an event of class Network Activity.',
}

/** Devices that tell who spoke with whom, by NetFlow, IPFIX or sFlow. */
export const flows: readonly Product[] = [
  {
    id: 'cisco-netflow',
    name: 'Cisco IOS, IOS XE NetFlow',
    vendor: 'Cisco',
    kind: 'network',
    formats: ['netflow'],
    ways: [
      commands('netflow', 'configure terminal', ciscoIos('netflow-v9')),
      commands('ipfix', 'configure terminal', ciscoIos('ipfix')),
    ],
    first,
    versions: 'Flexible NetFlow, IOS 15 and later, IOS XE 3 and later',
    documentation:
      'https://www.cisco.com/c/en/us/td/docs/ios-xml/ios/fnetflow/configuration/15-mt/fnf-15-mt-book.html',
    words: 'flexible netflow ipfix router switch luồng',
  },
  {
    id: 'cisco-nexus',
    name: 'Cisco Nexus NetFlow, sFlow',
    vendor: 'Cisco',
    kind: 'network',
    formats: ['netflow', 'sflow'],
    ways: [
      commands(
        'netflow',
        'configure terminal',
        `feature netflow
flow exporter HAIDANG
  destination {{host}} use-vrf management
  transport udp {{port}}
  source mgmt0
  version 9
    template data timeout 60
flow monitor HAIDANG
  record netflow-original
  exporter HAIDANG
interface Ethernet1/1
  ip flow monitor HAIDANG input`,
      ),
      commands(
        'sflow',
        'configure terminal',
        `feature sflow
sflow sampling-rate 4096
sflow agent-ip 192.0.2.1
sflow collector-ip {{host}} vrf default
sflow collector-port {{port}}
sflow data-source interface ethernet 1/1`,
      ),
    ],
    first,
    versions: 'NX-OS 9 and later',
    documentation:
      'https://www.cisco.com/c/en/us/support/switches/nexus-9000-series-switches/products-installation-and-configuration-guides-list.html',
    words: 'nx-os nxos netflow sflow switch luồng',
  },
  {
    id: 'juniper-flows',
    name: 'Juniper Junos IPFIX, sFlow',
    vendor: 'Juniper',
    kind: 'network',
    formats: ['netflow', 'sflow'],
    ways: [
      commands(
        'ipfix',
        'configure (MX)',
        `set services flow-monitoring version-ipfix template haidang ipv4-template
set services flow-monitoring version-ipfix template haidang template-refresh-rate seconds 60
set forwarding-options sampling instance haidang input rate 1000
set forwarding-options sampling instance haidang family inet output flow-server {{host}} port {{port}}
set forwarding-options sampling instance haidang family inet output flow-server {{host}} version-ipfix template haidang
set forwarding-options sampling instance haidang family inet output inline-jflow source-address 192.0.2.1
set chassis fpc 0 sampling-instance haidang
set interfaces ge-0/0/0 unit 0 family inet sampling input`,
      ),
      commands(
        'sflow',
        'configure (EX, QFX)',
        `set protocols sflow agent-id 192.0.2.1
set protocols sflow sample-rate ingress 2048
set protocols sflow collector {{host}} udp-port {{port}}
set protocols sflow interfaces ge-0/0/0.0`,
      ),
    ],
    first,
    versions: 'Junos 18 and later',
    documentation: 'https://www.juniper.net/documentation/us/en/software/junos/flow-monitoring/',
    words: 'jflow inline sampling sflow router switch luồng',
  },
  {
    id: 'mikrotik-flows',
    name: 'MikroTik Traffic Flow',
    vendor: 'MikroTik',
    kind: 'network',
    formats: ['netflow'],
    ways: [
      commands('netflow', '/ip traffic-flow', mikrotik('9')),
      commands('ipfix', '/ip traffic-flow', mikrotik('ipfix')),
    ],
    first,
    versions: 'RouterOS 6.40 and later',
    documentation: 'https://help.mikrotik.com/docs/spaces/ROS/pages/21102653/Traffic+Flow',
    words: 'routeros netflow ipfix router luồng',
  },
  {
    id: 'fortigate-netflow',
    name: 'FortiGate NetFlow',
    vendor: 'Fortinet',
    kind: 'network',
    formats: ['netflow'],
    ways: [
      commands(
        'netflow',
        'CLI',
        `config system netflow
  set active-flow-timeout 60
  set template-tx-timeout 60
  config collectors
    edit 1
      set collector-ip {{host}}
      set collector-port {{port}}
    next
  end
end
config system interface
  edit "port1"
    set netflow-sampler both
  next
end`,
      ),
    ],
    first,
    versions: 'FortiOS 7.4 and later; before, the collector stands directly below system netflow',
    documentation:
      'https://docs.fortinet.com/document/fortigate/7.4.0/administration-guide/448589/netflow',
    words: 'fortinet fortios netflow luồng',
  },
  {
    id: 'softflowd',
    name: 'softflowd',
    vendor: 'softflowd',
    kind: 'network',
    formats: ['netflow'],
    ways: [
      commands('netflow', 'shell', 'softflowd -i eth0 -v 9 -n {{host}}:{{port}} -t maxlife=60'),
      commands('ipfix', 'shell', 'softflowd -i eth0 -v 10 -n {{host}}:{{port}} -t maxlife=60'),
    ],
    first,
    versions: 'softflowd 1.0 and later',
    documentation: 'https://github.com/irino/softflowd',
    words: 'linux netflow ipfix luồng',
  },
  {
    id: 'open-vswitch',
    name: 'Open vSwitch sFlow, IPFIX',
    vendor: 'Linux Foundation',
    kind: 'network',
    formats: ['sflow', 'netflow'],
    ways: [
      commands(
        'sflow',
        'shell',
        `ovs-vsctl -- --id=@haidang create sflow agent=eth0 target=\\"{{host}}:{{port}}\\" header=128 sampling=400 polling=0 \\
  -- set bridge br0 sflow=@haidang`,
      ),
      commands(
        'ipfix',
        'shell',
        `ovs-vsctl -- --id=@haidang create ipfix targets=\\"{{host}}:{{port}}\\" sampling=1 cache_active_timeout=60 \\
  -- set bridge br0 ipfix=@haidang`,
      ),
    ],
    first: firstSample,
    versions: 'Open vSwitch 2.5 and later',
    documentation: 'https://docs.openvswitch.org/en/latest/howto/sflow/',
    words: 'ovs virtual switch kvm proxmox openstack luồng',
  },
]

function ciscoIos(protocol: 'netflow-v9' | 'ipfix'): string {
  return `flow exporter HAIDANG
 destination {{host}}
 transport udp {{port}}
 export-protocol ${protocol}
 template data timeout 60
 option sampler-table
flow monitor HAIDANG
 exporter HAIDANG
 record netflow ipv4 original-input
 cache timeout active 60
interface GigabitEthernet0/0
 ip flow monitor HAIDANG input`
}

function mikrotik(version: '9' | 'ipfix'): string {
  return `/ip traffic-flow set enabled=yes interfaces=all active-flow-timeout=1m
/ip traffic-flow target add dst-address={{host}} port={{port}} version=${version} v9-template-timeout=1m`
}
