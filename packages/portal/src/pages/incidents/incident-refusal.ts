import type { Incident } from '@haidang/contracts/incident'
import type { Permission } from '@haidang/contracts/permission'
import { useLingui } from '@lingui/react/macro'
import { useRefusal } from '../../api/refusal-text.ts'

/**
 * Why an act on an incident is not possible: the reader lacks a permission, only takes part in it, or another
 * incident stands for it.
 */
export function useIncidentRefusal(incident: Pick<Incident, 'merged_into' | 'participation'>) {
  const { t } = useLingui()
  const refusal = useRefusal()
  return (needed: Permission) =>
    refusal(needed) ??
    (incident.participation ? t`Sự cố của tổ chức khác: chỉ họ thay đổi được` : undefined) ??
    (incident.merged_into === null ? undefined : t`Sự cố đã gộp: xử lý ở sự cố chính`)
}
