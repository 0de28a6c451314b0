import { incidentLabels } from './incident-labels.ts'
import { type Label, label } from './label.ts'
import type { PlaybookState, PlaybookVersionState } from './playbook.ts'
import type { ResponsePhase } from './task-template.ts'

const playbookState: Readonly<Record<PlaybookState, Label>> = {
  draft: label('Bản nháp', 'Draft'),
  upcoming: label('Chờ hiệu lực', 'Upcoming'),
  in_force: label('Đang hiệu lực', 'In force'),
  retired: label('Đã bãi bỏ', 'Retired'),
}

const playbookVersionState: Readonly<Record<PlaybookVersionState, Label>> = {
  upcoming: label('Chờ hiệu lực', 'Upcoming'),
  in_force: label('Đang hiệu lực', 'In force'),
  replaced: label('Đã thay bằng bản sau', 'Replaced'),
  retired: label('Đã bãi bỏ', 'Retired'),
}

const responsePhase: Readonly<Record<ResponsePhase, Label>> = {
  plan_prepare: label('Lập kế hoạch và chuẩn bị', 'Plan and prepare'),
  ...incidentLabels.incidentPhase,
}

/** Words of response plans. */
export const playbookLabels = { playbookState, playbookVersionState, responsePhase }
