import type { Alert } from '@haidang/contracts/alert'

/** Version of what stands in this folder: raised when the same events would give other findings. */
const version = '2'

interface RuleText {
  readonly title: string
  readonly description: string
  readonly tags: readonly string[]
  readonly falsePositives: readonly string[]
}

const texts = {
  beacon: {
    title: 'Kết nối ra ngoài đều đặn như mã độc báo cáo về máy chủ điều khiển',
    description:
      'One host contacts one destination outside at intervals that a fixed sleep with jitter explains far better than chance, lost connections allowed for.',
    tags: ['attack.command-and-control', 'attack.t1071', 'attack.t1571'],
    falsePositives: ['Update checks, telemetry, mail and chat programs that poll'],
  },
  'horizontal-scan': {
    title: 'Quét một cổng trên nhiều máy',
    description: 'One source tried one port of many hosts, most of which did not answer.',
    tags: ['attack.discovery', 'attack.t1046', 'attack.reconnaissance', 'attack.t1595.001'],
    falsePositives: ['Inventory and vulnerability scanners', 'Clients of a service that moved'],
  },
  'vertical-scan': {
    title: 'Quét nhiều cổng trên một máy',
    description: 'One source tried many ports of one host, most of which did not answer.',
    tags: ['attack.discovery', 'attack.t1046', 'attack.reconnaissance', 'attack.t1595.001'],
    falsePositives: ['Inventory and vulnerability scanners'],
  },
  'password-guessing': {
    title: 'Đoán mật khẩu một tài khoản',
    description: 'Many failed logons of one account from one source; high if one then succeeded.',
    tags: ['attack.credential-access', 'attack.t1110.001'],
    falsePositives: ['A program that keeps an old password'],
  },
  'password-spraying': {
    title: 'Thử mật khẩu trên nhiều tài khoản từ một nguồn',
    description:
      'Logons of many accounts failed from one source that succeeds for fewer; high if one then succeeded.',
    tags: ['attack.credential-access', 'attack.t1110.003'],
    falsePositives: ['A gateway in front of many people on the day passwords expire'],
  },
  'distributed-guessing': {
    title: 'Đoán mật khẩu một tài khoản từ nhiều nguồn',
    description: 'Logons of one account failed from many sources; high if one then succeeded.',
    tags: ['attack.credential-access', 'attack.t1110.001', 'attack.t1110.004'],
    falsePositives: ['A service account whose password was changed'],
  },
  'dns-tunnel': {
    title: 'Truyền dữ liệu ẩn trong truy vấn DNS',
    description:
      'One host asked for many different names below one registered domain, and the names carry much information.',
    tags: ['attack.command-and-control', 'attack.t1071.004', 'attack.exfiltration', 'attack.t1048'],
    falsePositives: ['Reputation services of security products that ask by DNS'],
  },
  'generated-domains': {
    title: 'Truy vấn tên miền do thuật toán sinh ra',
    description:
      'One host asked for registered domains that do not exist and whose names look generated.',
    tags: ['attack.command-and-control', 'attack.t1568.002'],
    falsePositives: ['Programs that test the resolver with random names'],
  },
  'missing-domains': {
    title: 'Truy vấn dồn dập nhiều tên miền không tồn tại',
    description: 'One host asked for many registered domains that do not exist.',
    tags: ['attack.command-and-control', 'attack.t1568'],
    falsePositives: ['Mail gateways that check senders', 'Crawlers'],
  },
  'new-destination': {
    title: 'Tên miền lần đầu được truy cập từ cơ quan',
    description: 'Nobody in the organisation contacted this registered domain before.',
    tags: ['attack.command-and-control'],
    falsePositives: ['People at work'],
  },
  'new-user-agent': {
    title: 'Chương trình truy cập web lần đầu xuất hiện trong cơ quan',
    description: 'Nobody in the organisation used this user agent (versions left out) before.',
    tags: ['attack.command-and-control', 'attack.t1071.001'],
    falsePositives: ['Newly installed programs'],
  },
  'new-tls-fingerprint': {
    title: 'Dấu vân tay TLS lần đầu xuất hiện trong cơ quan',
    description: 'No program in the organisation opened TLS connections this way (JA3) before.',
    tags: ['attack.command-and-control', 'attack.t1573'],
    falsePositives: ['Updated programs'],
  },
  'new-program': {
    title: 'Chương trình lần đầu chạy trong cơ quan',
    description: 'No host of the organisation started this program from this path before.',
    tags: ['attack.execution'],
    falsePositives: ['Newly installed programs'],
  },
  'unusual-volume': {
    title: 'Lượng dữ liệu gửi ra ngoài vượt xa nhịp thường ngày',
    description:
      'One host sent far more to the outside in an hour than it uses to at this hour of the day.',
    tags: ['attack.exfiltration', 'attack.t1041', 'attack.t1048'],
    falsePositives: ['Backups to a cloud', 'Video conferences'],
  },
  'lateral-movement': {
    title: 'Lan rộng trong mạng nội bộ qua dịch vụ quản trị',
    description:
      'One source reached many own hosts by services of remote administration, or several it never reached before.',
    tags: ['attack.lateral-movement', 'attack.t1021'],
    falsePositives: ['Administrators', 'Software distribution'],
  },
} satisfies Record<string, RuleText>

export type BehaviourRule = keyof typeof texts

/** What alerts say of a rule; its id is `behaviour:` and its name. */
export function ruleFacts(name: BehaviourRule): Alert['rule'] {
  const { title, description, tags, falsePositives } = texts[name]
  return {
    id: `behaviour:${name}`,
    title,
    description,
    tags: [...tags],
    false_positives: [...falsePositives],
    references: [],
    version,
  }
}
