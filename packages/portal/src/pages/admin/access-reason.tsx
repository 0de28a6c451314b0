import type { Permission } from '@haidang/contracts/permission'
import type { Role } from '@haidang/contracts/person'
import { Trans, useLingui } from '@lingui/react/macro'
import { Pill, TlpLabel } from '../../components/pill.tsx'
import { useWords } from '../../language/use-words.ts'
import { type AccessAnswer, accessAnswer, type Holder } from './access-answer.ts'

interface AccessReasonProps {
  readonly person: Holder
  readonly permission: Permission
  readonly roles: readonly Role[]
}

/** Yes or no, and the role and organisation that say so. */
export function AccessReason({ person, permission, roles }: AccessReasonProps) {
  const { t } = useLingui()
  const answer = accessAnswer(person, permission, roles)
  return (
    <div className="flex min-w-0 flex-wrap items-baseline gap-x-2 gap-y-1 text-13">
      <Pill tone={answer.may ? 'good' : 'neutral'}>{answer.may ? t`được` : t`không`}</Pill>
      <span className="min-w-0 text-ink-2">
        <Why answer={answer} person={person} roles={roles} />
      </span>
    </div>
  )
}

function Why({
  answer,
  person,
  roles,
}: Omit<AccessReasonProps, 'permission'> & { readonly answer: AccessAnswer }) {
  const { language } = useWords()
  const nameOf = (role: Role | undefined) =>
    (language === 'vi' ? role?.name_vi : role?.name_en) ?? person.role_id
  if (answer.may) {
    const role = nameOf(answer.role)
    const organisation = person.organisation_name
    return (
      <>
        {answer.role.scope === 'node' ? (
          <Trans>vai trò {role}, với mọi tổ chức của nút, tới</Trans>
        ) : (
          <Trans>
            vai trò {role}, trong {organisation}, tới
          </Trans>
        )}{' '}
        <TlpLabel tlp={answer.role.clearance} />
      </>
    )
  }
  if (answer.why === 'disabled') {
    return <Trans>tài khoản đã khóa, hoặc khóa API đã hết hạn</Trans>
  }
  if (answer.why === 'scope') return <Trans>phạm vi của khóa bỏ quyền này ra</Trans>
  const role = nameOf(roles.find(({ id }) => id === person.role_id))
  const needs = answer.needs.map(nameOf).join(', ')
  if (needs === '') return <Trans>vai trò {role} không có quyền này, và không vai trò nào có</Trans>
  return (
    <Trans>
      vai trò {role} không có quyền này; có ở: {needs}
    </Trans>
  )
}
