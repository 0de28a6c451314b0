import type { Incident } from '@haidang/contracts/incident'
import type { Permission } from '@haidang/contracts/permission'
import { useLingui } from '@lingui/react/macro'
import { useRefusal } from '../../api/refusal-text.ts'

/** Why an act on an incident is not possible: the reader lacks a permission, or another incident stands for it. */
export function useIncidentRefusal({ merged_into }: Pick<Incident, 'merged_into'>) {
  const { t } = useLingui()
  const refusal = useRefusal()
  return (needed: Permission) =>
    refusal(needed) ?? (merged_into === null ? undefined : t`Sự cố đã gộp: xử lý ở sự cố chính`)
}
