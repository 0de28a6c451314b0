import { Permission } from '@haidang/contracts/permission'
import type { Role } from '@haidang/contracts/person'
import { useLingui } from '@lingui/react/macro'
import { Dialog } from '../../components/dialog.tsx'
import { useWords } from '../../language/use-words.ts'
import type { Holder } from './access-answer.ts'
import { AccessReason } from './access-reason.tsx'

interface AccessDialogProps {
  readonly person: Holder
  readonly roles: readonly Role[]
  readonly onClose: () => void
}

/** Everything one person may and may not do here, each with its reason. */
export function AccessDialog({ person, roles, onClose }: AccessDialogProps) {
  const { t } = useLingui()
  const { label } = useWords()
  return (
    <Dialog open wide onClose={onClose} title={t`${person.name} được làm gì`}>
      <ul className="divide-y divide-line">
        {Permission.options.map((permission) => (
          <li key={permission} className="grid gap-x-6 gap-y-1 py-2 md:grid-cols-2">
            <span className="min-w-0">{label('permission', permission)}</span>
            <AccessReason person={person} permission={permission} roles={roles} />
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
