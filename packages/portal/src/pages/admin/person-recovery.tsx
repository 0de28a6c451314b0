import type { Person } from '@haidang/contracts/person'
import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useMe } from '../../api/session.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Check } from '../../components/field.tsx'
import { noErrors } from '../../components/form.ts'
import { OnceLink } from '../access/once-link.tsx'

/** The way back for somebody who lost password or device. */
export function PersonRecovery({ person: { id, name, email } }: { person: Person }) {
  const { t } = useLingui()
  const me = useMe()
  const [factors, setFactors] = useState(false)
  const issue = useMutation({
    mutationFn: () => api.recovery.issue({ params: { id }, body: { factors } }),
  })
  const own = me.person.id === id
  return (
    <section className="mt-6 flex flex-col gap-3 border-t pt-4">
      <h3 className="font-semibold text-13">{t`Không đăng nhập được?`}</h3>
      {issue.data ? (
        <OnceLink to="/recovery" token={issue.data.token}>
          {issue.data.mailed
            ? t`Liên kết đã gửi tới ${email}. Nếu thư không tới, hãy trao tận tay; dùng được một lần, trong 24 giờ.`
            : t`Trao liên kết này tận tay ${name}, sau khi biết chắc đó là người ấy. Dùng được một lần, trong 24 giờ.`}
        </OnceLink>
      ) : (
        <>
          <ErrorSummary errors={noErrors} error={issue.error} />
          <Check checked={factors} onChange={(event) => setFactors(event.currentTarget.checked)}>
            {t`Mất cả thiết bị: gỡ luôn ứng dụng xác thực và khóa truy cập`}
          </Check>
          <Button
            className="self-start"
            busy={issue.isPending}
            refusal={own ? t`Không tự khôi phục cho mình được, hãy nhờ người khác` : undefined}
            onClick={() => issue.mutate()}
          >
            {t`Tạo liên kết khôi phục`}
          </Button>
        </>
      )}
    </section>
  )
}
