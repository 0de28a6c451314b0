import type { FormContent } from '@haidang/contracts/form-content'

const somebody = { name: 'Lê Văn Trực', position: 'Trưởng phòng', phone: '024 3943 0001' }

/** All that the application for membership asks for, and a little more. */
export const applicationContent: FormContent = {
  org_name: 'Trung tâm Ví dụ',
  address: '1 phố Ví Dụ, Hà Nội',
  phone: '024 3943 0000',
  email: 'van-thu@vi-du.example',
  introduction: 'Ba chuyên gia ứng cứu, trực 24/7.',
  systems_3: 'Cổng thông tin điện tử',
  staff_specialities: [{ speciality: 'd-response', count: 3 }],
  staff_list: [{ name: 'Đỗ Ứng Cứu', school: 'Học viện', graduated: '06/2015' }],
  unit_email: 'ung-cuu@vi-du.example',
  working_hours: { name: somebody.name, phone: somebody.phone },
  out_of_hours: { name: 'Trực ban', mobile: '0900 000 001' },
  leader: { name: 'Nguyễn Thị Lãnh', mobile: '0900 000 002' },
  postal: { ...somebody, address: '1 phố Ví Dụ, Hà Nội' },
  place: 'Hà Nội',
  date: '2026-11-23',
  signer: { name: 'Nguyễn Thị Lãnh', position: 'Giám đốc' },
}
