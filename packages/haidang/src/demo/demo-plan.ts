import type { OrganisationInput } from '@haidang/contracts/organisation'

/** A person every start of the demonstration invents again. */
export interface DemoPerson {
  readonly name: string
  readonly email: string
  readonly role: string
}

export interface DemoNodePlan {
  readonly key: 'centre' | 'ministry' | 'province' | 'isp'
  readonly node_name: string
  readonly location: string
  readonly organisation: OrganisationInput
  readonly administrator: DemoPerson
  readonly people: readonly DemoPerson[]
}

/** Invented organisations; nobody by these names exists. */
export const demoPlan: readonly DemoNodePlan[] = [
  {
    key: 'centre',
    node_name: 'Trung tâm giám sát (mô phỏng)',
    location: 'Hà Nội',
    organisation: {
      code: 'MP.TTGS',
      name: 'Trung tâm Giám sát An toàn mạng Mô phỏng',
      kind: 'national_centre',
    },
    administrator: {
      name: 'Nguyễn Quản Trị',
      email: 'quan-tri@trung-tam.example',
      role: 'administrator',
    },
    people: [
      { name: 'Trần Trực Ban', email: 'truc-ban@trung-tam.example', role: 'watch-officer' },
      { name: 'Lê Điều Phối', email: 'dieu-phoi@trung-tam.example', role: 'coordinator' },
      { name: 'Phạm Phân Tích', email: 'phan-tich@trung-tam.example', role: 'analyst' },
      { name: 'Đỗ Lãnh Đạo', email: 'lanh-dao@trung-tam.example', role: 'leader' },
    ],
  },
  {
    key: 'ministry',
    node_name: 'Trạm Bộ Thử nghiệm',
    location: 'Hà Nội',
    organisation: {
      code: 'MP.BTN',
      name: 'Bộ Thử nghiệm (mô phỏng)',
      kind: 'ministry',
    },
    administrator: {
      name: 'Vũ Vận Hành',
      email: 'quan-tri@bo-thu-nghiem.example',
      role: 'administrator',
    },
    people: [
      { name: 'Hoàng Đầu Mối', email: 'dau-moi@bo-thu-nghiem.example', role: 'focal-point' },
    ],
  },
  {
    key: 'province',
    node_name: 'Trạm tỉnh Sông Mơ',
    location: 'Sông Mơ',
    organisation: {
      code: 'MP.TSM',
      name: 'Ủy ban nhân dân tỉnh Sông Mơ (mô phỏng)',
      kind: 'province',
    },
    administrator: {
      name: 'Bùi Vận Hành',
      email: 'quan-tri@tinh-song-mo.example',
      role: 'administrator',
    },
    people: [{ name: 'Ngô Đầu Mối', email: 'dau-moi@tinh-song-mo.example', role: 'focal-point' }],
  },
  {
    key: 'isp',
    node_name: 'Trạm Viễn thông Mây Xanh',
    location: 'Đà Nẵng',
    organisation: {
      code: 'MP.VMX',
      name: 'Công ty Viễn thông Mây Xanh (mô phỏng)',
      kind: 'isp',
    },
    administrator: {
      name: 'Đặng Vận Hành',
      email: 'quan-tri@may-xanh.example',
      role: 'administrator',
    },
    people: [{ name: 'Lý Đầu Mối', email: 'dau-moi@may-xanh.example', role: 'focal-point' }],
  },
]
