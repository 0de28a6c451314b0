import type { EffortState, EffortStep } from './effort.ts'
import { type Label, label } from './label.ts'

const effortState: Readonly<Record<EffortState, Label>> = {
  draft: label('Đang lập', 'Draft'),
  submitted: label('Chờ thẩm tra', 'To be checked'),
  returned: label('Trả lại để lập lại', 'Returned'),
  checked: label('Chờ đơn vị thống nhất', 'To be agreed'),
  agreed: label('Chờ phê duyệt', 'To be approved'),
  approved: label('Chờ chi trả', 'To be paid'),
  paid: label('Đã chi trả', 'Paid'),
  withdrawn: label('Đã rút', 'Withdrawn'),
}

const effortStep: Readonly<Record<EffortStep, Label>> = {
  submitted: label('Trình', 'Submitted'),
  returned: label('Trả lại', 'Returned'),
  checked: label('Thẩm tra', 'Checked'),
  agreed: label('Thống nhất', 'Agreed'),
  contested: label('Không thống nhất', 'Contested'),
  approved: label('Phê duyệt', 'Approved'),
  paid: label('Chi trả', 'Paid'),
  withdrawn: label('Rút', 'Withdrawn'),
}

/** Words of effort sheets. */
export const effortLabels = { effortState, effortStep }
