import type { Reading } from './readings.ts'

const host = '[\\w.:-]{1,64}?'
const zone = '[^\\s:/]{1,64}'
const port = '\\d{1,5}'

const refused = { class: 'network_activity', activity: 5, severity: 2 } as const
const opened = { class: 'network_activity', activity: 1, severity: 1 } as const
const closed = { class: 'network_activity', activity: 2, severity: 1 } as const
const signedIn = {
  class: 'authentication',
  activity: 1,
  severity: 1,
  status: 'success',
  logon_type: 'remote',
} as const
const notSignedIn = { ...signedIn, severity: 2, status: 'failure' } as const
const signedOut = { ...signedIn, activity: 2 } as const
const command = { class: 'process_activity', activity: 1, severity: 1, status: 'success' } as const
const finding = { class: 'detection_finding', activity: 1, severity: 3 } as const

const reading = (pattern: string, about: Reading['about']): Reading => ({
  pattern: new RegExp(`^${pattern}`),
  about,
})

const deniedFromTo = reading(
  `(?:Inbound TCP connection denied|Deny inbound UDP|Deny (?<proto>\\S{1,16}) \\([^)]{1,64}\\)|Deny (?<checked>\\S{1,16}) reverse path check) from (?<src>${host})(?:/(?<sport>${port}))? to (?<dst>${host})(?:/(?<dport>${port}))? `,
  refused,
)
const deniedByInterface = reading(
  `Deny (?:inbound )?(?:protocol )?(?<proto>\\S{1,16}) src (?<srcif>${zone}):(?<src>${host})(?:/(?<sport>${port}))?(?:\\([^)]{0,256}\\))? dst (?<dstif>${zone}):(?<dst>${host})(?:/(?<dport>${port}))?(?:\\([^)]{0,256}\\))?(?: \\(type [^)]{1,32}\\))?(?: by access-group "(?<rule>[^"]{1,256})"|\\s|$)`,
  refused,
)
const accessList = reading(
  `access-list (?<rule>\\S{1,256}) (?<verdict>permitted|denied|est-allowed) (?<proto>\\S{1,16}) (?<srcif>${zone})/(?<src>${host})\\((?<sport>${port})\\)(?:\\([^)]{0,256}\\))? -> (?<dstif>${zone})/(?<dst>${host})\\((?<dport>${port})\\)`,
  { class: 'network_activity', activity: 6, severity: 1 },
)
const ends = `(?<srcif>${zone}):(?<src>${host})/(?<sport>${port})(?:\\([^)]{0,256}\\))?(?: \\([^)]{0,256}\\))? to (?<dstif>${zone}):(?<dst>${host})/(?<dport>${port})`
const built = reading(
  `Built (?<direction>inbound|outbound) (?<proto>\\S{1,16}) connection (?<id>\\d{1,20}) for ${ends}(?:\\([^)]{0,256}\\))?(?: \\([^)]{0,256}\\))?(?: \\((?<user>[^)]{1,256})\\))?`,
  opened,
)
const tornDown = reading(
  `(?<pair>Teardown) (?<proto>\\S{1,16}) connection (?<id>\\d{1,20}) for ${ends}(?:\\([^)]{0,256}\\))? duration (?<lasted>[\\d:]{1,16}) bytes (?<bytes>\\d{1,15})(?: (?<detail>[^(]{1,128}))?(?:\\((?<user>[^)]{1,256})\\))?`,
  closed,
)
const icmp = reading(
  `(?:Built (?<direction>inbound|outbound)|Teardown) (?<proto>ICMP) connection for faddr (?<src>${host})/\\d{1,5}(?:\\([^)]{0,256}\\))? gaddr \\S{1,64} laddr (?<dst>${host})/`,
  opened,
)
const aaaServer = '(?: :)? (?:server = +\\S{1,64}|local database) : user = +(?<user>[^ ]{1,256})'
const aaaAccepted = reading(`AAA user (?<method>\\w{1,32}) Successful${aaaServer}`, signedIn)
const aaaRejected = reading(
  `AAA user (?<method>\\w{1,32}) Rejected : reason = (?<detail>[^:]{1,128}?) ?: (?:server = +\\S{1,64}|local database) : user = +(?<user>[^ ]{1,256})(?: : user IP = +(?<src>${host})(?:\\s|$))?`,
  notSignedIn,
)
const login = (word: string, about: Reading['about']) =>
  reading(
    `Login ${word} from (?<src>${host})/(?<sport>${port}) to (?:${zone}:)?(?<dst>${host})/(?<method>\\w{1,32}) for user "(?<user>[^"]{0,256})"`,
    about,
  )
const grouped =
  'Group = ?(?<group>[^,]{0,256}), (?:Username = ?(?<user>[^,]{0,256}), )?IP = ?(?<src>[\\w.:-]{1,64}), '
const bracketed =
  'Group <(?<group>[^>]{0,256})> User <(?<user>[^>]{0,256})> IP <(?<src>[^>]{1,64})> '
const session = reading(
  `${grouped}Session disconnected\\. Session Type: (?<method>[^,]{1,64}), Duration: (?<lasted>[\\dhms:]{1,16}), Bytes xmt: (?<received>\\d{1,15}), Bytes rcv: (?<sent>\\d{1,15}), Reason: (?<detail>.{0,256})`,
  signedOut,
)
const webSession = reading(`${bracketed}(?<detail>.{0,256}?session started.{0,256})`, signedIn)
const webEnd = reading(
  `${bracketed}(?<detail>.{0,256}?(?:session terminated|SVC (?:connection|closing)).{0,256})`,
  signedOut,
)
const webRejected = reading(`${bracketed}Authentication: (?<detail>rejected.{0,256})`, notSignedIn)
const tunnel = reading(`${grouped}(?<detail>PHASE 1 COMPLETED)`, signedIn)
const tunnelFailed = reading(
  `${grouped}(?<detail>.{0,64}(?:[Ff]ail|FAIL|[Rr]eject|denied).{0,256})`,
  notSignedIn,
)

/** Readings by message number. */
const byNumber: ReadonlyMap<string, readonly Reading[]> = new Map([
  ...['106001', '106006', '106007', '106015', '106021'].map(
    (number) => [number, [deniedFromTo]] as const,
  ),
  ...['106010', '106014', '106023'].map((number) => [number, [deniedByInterface]] as const),
  ['106100', [accessList]],
  ...['302013', '302015'].map((number) => [number, [built]] as const),
  ...['302014', '302016'].map((number) => [number, [tornDown]] as const),
  ['302020', [icmp]],
  ['302021', [{ ...icmp, about: closed }]],
  ...['113004', '113012'].map((number) => [number, [aaaAccepted]] as const),
  ...['113005', '113015', '113006'].map((number) => [number, [aaaRejected]] as const),
  ['113019', [session]],
  ['113039', [webSession]],
  ['716001', [webSession]],
  ['716002', [webEnd]],
  ['716039', [webRejected]],
  ['722023', [webEnd]],
  ['722037', [webEnd]],
  ['713119', [tunnel]],
  ...['713048', '713201', '713902', '713903'].map((number) => [number, [tunnelFailed]] as const),
  ['605004', [login('denied', notSignedIn)]],
  ['605005', [login('permitted', signedIn)]],
  [
    '111008',
    [
      reading(
        "User '(?<actor>[^']{1,256})' executed the '(?<command>[^']{1,1024})' command",
        command,
      ),
    ],
  ],
  [
    '111009',
    [reading("User '(?<actor>[^']{1,256})' executed cmd: ?(?<command>.{1,1024})", command)],
  ],
  [
    '111010',
    [
      reading(
        `User '(?<actor>[^']{1,256})', running '(?<method>[^']{1,64})' from IP (?<src>${host}), executed '(?<command>.{1,1024}?)'$`,
        command,
      ),
    ],
  ],
  [
    '502101',
    [
      reading('New user added to local dbase: Uname: (?<user>[^ ]{1,256})', {
        class: 'account_change',
        activity: 1,
        severity: 2,
      }),
    ],
  ],
  [
    '502102',
    [
      reading('User deleted from local dbase: Uname: (?<user>[^ ]{1,256})', {
        class: 'account_change',
        activity: 6,
        severity: 2,
      }),
    ],
  ],
  ['733100', [reading('\\[ ?(?<title>[^\\]]{1,128}?) ?\\] drop rate', finding)]],
  [
    '733101',
    [reading(`(?<title>(?:Host|Subnet|Object) (?<src>${host}) is [a-z ]{1,64})`, finding)],
  ],
])
const intrusion = [
  reading(
    `IPS:(?<uid>\\d{1,8}) (?<title>.{1,200}?) from (?<src>${host}) to (?<dst>${host}) on`,
    finding,
  ),
]

/** Readings of the messages with a number. */
export function asaReadings(number: string): readonly Reading[] {
  return byNumber.get(number) ?? (/^4000\d\d$/.test(number) ? intrusion : [])
}
