import type { Permission } from '@haidang/contracts/permission'
import { useLingui } from '@lingui/react/macro'
import { useMay } from './session.ts'

/** For a button: why the reader may not do it, or undefined where they may. */
export function useRefusal(): (permission: Permission) => string | undefined {
  const { t } = useLingui()
  const may = useMay()
  return (permission) => (may(permission) ? undefined : t`Cần quyền ${permission}`)
}
