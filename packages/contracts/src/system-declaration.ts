import { z } from 'zod'
import { type Label, label } from './label.ts'

interface DeclarationKind {
  readonly label: Label
  readonly clause: string
  /** Fields of this kind that are text; kinds without any are told by other parts of the register. */
  readonly fields: Readonly<Record<string, Label>>
}

const clause = 'QĐ 1017/QĐ-TTg, II.3.c'

/** The eleven kinds of technical information owners must provide, in the order of the decision. */
export const declarationKinds = {
  infrastructure: {
    label: label('Hạ tầng', 'Infrastructure'),
    clause,
    fields: {
      data_centre: label('Trung tâm dữ liệu', 'Data centre'),
      provider: label('Nhà cung cấp hạ tầng', 'Infrastructure provider'),
      links: label('Đường truyền: nhà mạng, dung lượng', 'Links: provider, capacity'),
      zones: label('Các vùng mạng', 'Network zones'),
      servers: label('Số máy chủ', 'Number of servers'),
      virtualisation: label('Ảo hóa, điện toán đám mây', 'Virtualisation, cloud'),
      security_devices: label('Thiết bị bảo vệ đang có', 'Security devices in place'),
    },
  },
  system: {
    label: label('Hệ thống thông tin', 'Information system'),
    clause,
    fields: {
      users: label('Số người dùng', 'Number of users'),
      information_class: label('Loại thông tin xử lý', 'Class of information processed'),
    },
  },
  applications: { label: label('Ứng dụng', 'Applications'), clause, fields: {} },
  services: { label: label('Dịch vụ', 'Services'), clause, fields: {} },
  addresses: { label: label('Địa chỉ IP Internet', 'Internet IP addresses'), clause, fields: {} },
  location: {
    label: label('Địa điểm', 'Location'),
    clause,
    fields: {
      address: label('Địa chỉ', 'Address'),
      province: label('Tỉnh, thành phố', 'Province'),
      room: label('Phòng, tủ', 'Room, rack'),
      power: label('Nguồn điện, làm mát', 'Power, cooling'),
      access: label('Thủ tục ra vào', 'Access procedure'),
      contact: label('Người phụ trách tại chỗ', 'Contact on site'),
    },
  },
  ports: {
    label: label('Cổng kết nối', 'Connection ports'),
    clause,
    fields: {
      device: label('Thiết bị chuyển mạch, định tuyến', 'Switch, router'),
      interface: label('Cổng, tốc độ', 'Interface, speed'),
      mirror: label('SPAN, TAP, NetFlow', 'SPAN, TAP, NetFlow'),
      backup: label('Cổng dự phòng', 'Backup port'),
    },
  },
  conditions: {
    label: label('Điều kiện kỹ thuật', 'Technical conditions'),
    clause,
    fields: {
      rack: label('Chỗ trên tủ, nguồn điện', 'Rack space, power'),
      mirroring: label('Sao chép lưu lượng', 'Port mirroring'),
      management: label('Địa chỉ quản trị, mở tường lửa', 'Management address, firewall'),
      time: label('Đồng bộ thời gian', 'Time synchronisation'),
      decryption: label('Điểm giải mã TLS', 'TLS decryption point'),
    },
  },
  setup: {
    label: label('Thiết lập', 'Set-up'),
    clause,
    fields: {
      device: label('Thiết bị, kiểu, số máy', 'Device, model, serial'),
      version: label('Phiên bản', 'Version'),
      by: label('Ai thiết lập, ngày nào', 'Set up by, on'),
    },
  },
  configuration: {
    label: label('Cấu hình', 'Configuration'),
    clause,
    fields: {
      version: label('Phiên bản cấu hình', 'Configuration version'),
      rules: label('Bộ luật', 'Rule set'),
      logging: label('Nhật ký bật, thời hạn lưu', 'Logging on, retention'),
    },
  },
  installation: {
    label: label('Lắp đặt thiết bị', 'Installation of devices'),
    clause,
    fields: {
      schedule: label('Lịch lắp đặt', 'Schedule'),
      minutes: label('Biên bản bàn giao', 'Hand-over minutes'),
      acceptance: label('Nghiệm thu', 'Acceptance test'),
    },
  },
} as const satisfies Readonly<Record<string, DeclarationKind>>

export type DeclarationKindName = keyof typeof declarationKinds
export const declarationKindNames = Object.keys(declarationKinds) as DeclarationKindName[]

const Value = z.string().trim().max(2_000)

/** Values by kind and field; fields nobody knows are refused. */
export const Declaration = z.strictObject(
  Object.fromEntries(
    declarationKindNames.map((kind) => [kind, fieldsOf(declarationKinds[kind].fields)]),
  ) as Record<DeclarationKindName, ReturnType<typeof fieldsOf>>,
)
export type Declaration = z.infer<typeof Declaration>

function fieldsOf(fields: Readonly<Record<string, Label>>) {
  const shape = Object.fromEntries(Object.keys(fields).map((name) => [name, Value.optional()]))
  return z.strictObject(shape).optional()
}
