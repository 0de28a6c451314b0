import { foldVietnamese } from '@haidang/contracts/fold'
import type { ColumnTarget, CsvReading } from '@haidang/contracts/record-reading'

/** Names columns usually have, without marks and with _ for what is no letter. */
const usualNames: Partial<Record<ColumnTarget, string>> = {
  time: 'time timestamp datetime date_time event_time log_time thoi_gian ngay_gio thoi_diem',
  message: 'message msg description noi_dung mo_ta thong_diep',
  severity: 'severity level priority muc_do',
  event_code: 'event_id id code event_code signature_id ma_su_kien',
  category: 'category type event event_type class loai su_kien',
  action: 'action act result outcome status verdict hanh_dong ket_qua',
  'src_endpoint.ip':
    'src src_ip source_ip srcip source_address source client_ip client clientip remote_ip ip ip_address dia_chi_nguon ip_nguon dia_chi_ip',
  'src_endpoint.port': 'src_port source_port sport srcport cong_nguon',
  'src_endpoint.hostname': 'src_host source_host shost may_nguon',
  'src_endpoint.mac': 'src_mac source_mac mac mac_address',
  'dst_endpoint.ip':
    'dst dst_ip dest_ip destination_ip dstip destination_address destination server_ip dia_chi_dich ip_dich',
  'dst_endpoint.port': 'dst_port dest_port destination_port dport dstport port cong_dich',
  'dst_endpoint.hostname': 'dst_host destination_host dhost may_dich',
  'dst_endpoint.mac': 'dst_mac destination_mac',
  'device.hostname': 'host hostname computer device device_name may_tinh thiet_bi',
  'user.name': 'user username user_name account login nguoi_dung tai_khoan ten_dang_nhap',
  'connection_info.protocol_name': 'protocol proto giao_thuc',
  'traffic.bytes_out': 'bytes_sent sent_bytes bytes_out sent',
  'traffic.bytes_in': 'bytes_received received_bytes bytes_in rcvd',
  'http_request.url': 'url uri request',
  'http_request.http_method': 'method http_method',
  'http_request.user_agent': 'user_agent useragent agent',
  'file.name': 'file filename file_name ten_tep',
  'file.path': 'file_path filepath path duong_dan',
  'file.hash': 'sha256 sha1 md5 hash',
  'process.name': 'process process_name tien_trinh',
}

const targetOfName: ReadonlyMap<string, ColumnTarget> = new Map(
  Object.entries(usualNames).flatMap(([target, names]) =>
    names.split(' ').map((name) => [name, target as ColumnTarget] as const),
  ),
)

/** Columns by where they go; where the source maps none, those of usual names go where these belong. */
export function targetsOf(
  columns: readonly string[],
  csv: CsvReading | undefined,
): ReadonlyMap<ColumnTarget, readonly string[]> {
  const targets = new Map<ColumnTarget, string[]>()
  const put = (to: ColumnTarget, column: string) => {
    const others = targets.get(to)
    if (others) others.push(column)
    else targets.set(to, [column])
  }
  const mapping = csv?.mapping ?? []
  for (const { column, to } of mapping) put(to, column)
  if (mapping.length > 0) return targets
  for (const column of columns) {
    const to = usualTarget(column)
    if (to !== undefined) put(to, column)
  }
  return targets
}

/** Where a column of this name usually goes: `Địa chỉ nguồn` and `src-ip` to `src_endpoint.ip`. */
function usualTarget(column: string): ColumnTarget | undefined {
  const plain = foldVietnamese(column)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
  return targetOfName.get(plain)
}
