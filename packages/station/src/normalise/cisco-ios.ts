import type { CiscoFields } from '../parse/cisco.ts'
import type { Read } from './draft.ts'
import { firewallRecord, statusOf, type Verdict } from './firewall.ts'
import { attributesRead, type Found, findReading, type Reading } from './readings.ts'
import { normaliseSyslog, severityOfSyslog } from './syslog.ts'

const signedIn = {
  class: 'authentication',
  activity: 1,
  severity: 1,
  status: 'success',
  logon_type: 'remote',
} as const
const notSignedIn = { ...signedIn, severity: 2, status: 'failure' } as const
const filtered = { class: 'network_activity', activity: 6, severity: 1 } as const
const command = { class: 'process_activity', activity: 1, severity: 1, status: 'success' } as const
const address = '[\\w.:-]{1,64}?'

const login = (words: string, about: Reading['about']): Reading => ({
  pattern: new RegExp(
    `^${words} \\[user: (?<user>[^\\]]{0,256})\\] \\[Source: (?<src>[^\\]]{1,64})\\] \\[localport: (?<dport>\\d{1,5})\\](?: \\[Reason: (?<detail>[^\\]]{0,256})\\])?`,
  ),
  about,
})
const listed = '^list (?<rule>\\S{1,256}) (?<verdict>permitted|denied) '

/** Readings by mnemonic (https://www.cisco.com/c/en/us/td/docs/ios-xml/ios/sec_usr_cfg/configuration/15-mt/sec-usr-cfg-15-mt-book/sec-login-enhance.html and the system message guides). */
const readings: ReadonlyMap<string, readonly Reading[]> = new Map<string, readonly Reading[]>([
  ['LOGIN_SUCCESS', [login('Login Success', signedIn)]],
  ['LOGIN_FAILED', [login('Login failed', notSignedIn)]],
  [
    'LOGOUT',
    [
      {
        pattern: /^User (?<user>[^ ]{1,256}) has exited tty session \d{1,5}\((?<src>[^)]{0,64})\)/,
        about: { ...signedIn, activity: 2 },
      },
    ],
  ],
  [
    'SSH2_USERAUTH',
    [
      {
        pattern:
          /^User '(?<user>[^']{0,256})' authentication for (?<method>SSH2) Session from (?<src>[\w.:-]{1,64}).{0,256}Succeeded$/,
        about: signedIn,
      },
      {
        pattern:
          /^User '(?<user>[^']{0,256})' authentication for (?<method>SSH2) Session from (?<src>[\w.:-]{1,64}).{0,256}(?<detail>Failed)$/,
        about: notSignedIn,
      },
    ],
  ],
  [
    'CONFIG_I',
    [
      {
        pattern:
          /^Configured from (?<detail>.{1,64}?) by (?<actor>[^ ]{1,256})(?: on \S{1,64} ?\((?<src>[^)]{1,64})\))?/,
        about: { class: 'device_config_state_change', activity: 1, severity: 1, status: 'success' },
      },
    ],
  ],
  ...['IPACCESSLOGP', 'IPACCESSLOGDP', 'IPACCESSLOGNP', 'ACCESSLOGP', 'ACCESSLOGDP'].map(
    (mnemonic): [string, Reading[]] => [
      mnemonic,
      [
        {
          pattern: new RegExp(
            `${listed}(?<proto>\\w{1,16}) (?<src>${address})(?:\\((?<sport>\\d{1,5})\\))?(?: \\([^)]{0,128}\\))? ?-> (?<dst>${address})(?:\\((?<dport>\\d{1,5})\\))?(?: \\([^)]{0,64}\\))?,`,
          ),
          about: filtered,
        },
      ],
    ],
  ),
  [
    'IPACCESSLOGS',
    [{ pattern: new RegExp(`${listed}(?<src>${address}) \\d{1,12} packet`), about: filtered }],
  ],
  [
    'USER_LOGGED',
    [{ pattern: /^User (?<actor>[^ ]{1,256}) executed: ?(?<command>.{1,1024})$/, about: command }],
  ],
  [
    'CFGLOG_LOGGEDCMD',
    [
      {
        pattern: /^User:(?<actor>[^ ]{0,256}) {1,4}logged command: ?(?<command>.{1,1024})$/,
        about: command,
      },
    ],
  ],
])

/**
 * One message of IOS, IOS XE or NX-OS. Rules read it as any syslog record of Cisco: by its words, with the
 * service its facility stands for. Messages without a reading of their own keep that form too.
 */
export function normaliseCiscoIos({ syslog, mnemonic, severity }: CiscoFields): Read {
  const base = normaliseSyslog(syslog)
  const common = { ...base.draft, vendor: 'Cisco', severity: severityOfSyslog(severity) }
  const found = findReading(readings.get(mnemonic) ?? [], syslog.message)
  if (!found) return { draft: common, record: base.record }
  const { reading, groups } = found
  const verdict = verdictIn(groups)
  const { rule } = groups
  return {
    draft: {
      ...common,
      ...attributesRead(groups),
      ...reading.about,
      status: reading.about.status ?? statusOf(verdict),
      ...(verdict === 'blocked' && { activity: 5, severity: 2 }),
      logsource: {
        ...common.logsource,
        ...(verdict && { category: 'firewall' }),
      },
      unmapped: { ...common.unmapped, ...(rule !== undefined && { rule }) },
    },
    record: firewallRecord(base.record, verdict),
  }
}

function verdictIn({ verdict }: Found['groups']): Verdict | undefined {
  if (verdict === undefined) return undefined
  return verdict === 'permitted' ? 'allowed' : 'blocked'
}
