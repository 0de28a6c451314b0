import type { SyslogFields } from '../parse/syslog-header.ts'
import {
  type Daemon,
  type Groups,
  type MessageAbout,
  type MessageKind,
  normaliseDaemon,
  userNamed,
} from './daemon-message.ts'
import { addressOf, type Read } from './draft.ts'
import { endpointOf } from './endpoint.ts'

// `name/203.0.113.5:51234 ` of a client that has signed in, `203.0.113.5:51234 ` of one that has not.
const client =
  '^(?:(?<user>[^ /]{1,256})/)?(?:\\[AF_INET6?\\])?(?<ip>[0-9.]{7,15}|[0-9A-Fa-f:]{2,39}):(?<port>\\d{1,5}) '

function signIn(status: 'success' | 'failure', groups: Groups): MessageAbout {
  const { user, name, ip, port, detail } = groups
  return {
    class: 'authentication',
    activity: 1,
    severity: status === 'failure' ? 2 : 1,
    status,
    status_detail: detail,
    user: userNamed(name ?? user),
    src_endpoint: endpointOf(ip, port),
    auth_protocol: 'OpenVPN',
    logon_type: 'vpn',
  }
}

const kinds: readonly MessageKind[] = [
  {
    pattern: new RegExp(`${client}\\[(?<name>[^\\]]{1,256})\\] Peer Connection Initiated with `),
    about: (groups) => signIn('success', groups),
  },
  {
    pattern: new RegExp(
      `${client}(?:TLS Auth Error: |PLUGIN_CALL: .{0,100}? |)(?<detail>(?:Auth Username/Password verification failed|AUTH_FAILED|TLS Auth Error).{0,200})`,
    ),
    about: (groups) => signIn('failure', groups),
  },
  {
    pattern: new RegExp(`${client}(?<detail>VERIFY ERROR: .{1,300})$`),
    about: (groups) => ({
      ...signIn('failure', groups),
      user: userNamed(/CN=(?<name>[^,/]{1,256})/.exec(groups['detail'] ?? '')?.groups?.['name']),
    }),
  },
  {
    pattern: new RegExp(
      `${client}(?<detail>TLS Error: .{1,300}|.{0,100}tls-crypt unwrap error.{0,200})$`,
    ),
    about: ({ detail, ip, port }) => ({
      class: 'network_activity',
      activity: 4,
      severity: 2,
      status: 'failure',
      status_detail: detail,
      src_endpoint: endpointOf(ip, port),
    }),
  },
  {
    pattern: new RegExp(
      `${client}MULTI(?:_sva)?: (?:pool returned IPv4=|Learn: )(?<lease>[0-9A-Fa-f.:]{2,45})`,
    ),
    about: ({ user, ip, port, lease }) => ({
      class: 'network_activity',
      activity: 1,
      status: 'success',
      user: userNamed(user),
      src_endpoint: endpointOf(ip, port),
      unmapped: { assigned_ip: lease },
      sightings: addressOf(lease) ? [{ type: 'ip', value: lease ?? '', name: 'assigned_ip' }] : [],
    }),
  },
  {
    pattern: new RegExp(
      `${client}(?<detail>SIG(?:TERM|USR1)\\[soft,[^\\]]{1,64}\\] received.{0,100}|\\[[^\\]]{1,256}\\] Inactivity timeout.{0,100})$`,
    ),
    about: ({ user, ip, port, detail }) => ({
      class: 'authentication',
      activity: 2,
      user: userNamed(user),
      status_detail: detail,
      src_endpoint: endpointOf(ip, port),
      auth_protocol: 'OpenVPN',
      logon_type: 'vpn',
    }),
  },
]

const openvpn: Daemon = { product: 'OpenVPN', kinds }

/** Messages of an OpenVPN server: who connects, from where, under which address. https://openvpn.net/community-docs/ */
export function normaliseOpenvpn(fields: SyslogFields): Read {
  return normaliseDaemon(fields, openvpn)
}
