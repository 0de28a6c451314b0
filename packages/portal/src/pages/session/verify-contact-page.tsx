import { ContactCorrection, type ContactToVerify } from '@haidang/contracts/contact-point'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { Field, Input } from '../../components/field.tsx'
import {
  type Errors,
  errorsOf,
  noErrors,
  submitted,
  text,
  useIssues,
} from '../../components/form.ts'
import { Empty } from '../../components/states.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { Front } from './front.tsx'

/** What a contact point sees who follows the link made for it: confirm, or correct. */
export function VerifyContactPage() {
  const { t } = useLingui()
  const token = location.hash.slice(1)
  const query = useQuery({
    queryKey: ['contact-verification', token],
    queryFn: ({ signal }) => api.contactVerification.read({ body: { token } }, signal),
    retry: false,
    // Once it is answered there is nothing to read any more.
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <Front wide>
      <h1 className="pb-3 text-24">{t`Xác nhận đầu mối liên lạc`}</h1>
      <Asked query={query}>{(contact) => <Body contact={contact} token={token} />}</Asked>
    </Front>
  )
}

function Body({ contact, token }: { contact: ContactToVerify; token: string }) {
  const { t } = useLingui()
  const { label } = useWords()
  const issues = useIssues()
  const [corrects, setCorrects] = useState(false)
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const answer = useMutation({
    mutationFn: (correction?: ContactCorrection) =>
      api.contactVerification.answer({ body: { token, ...(correction ? { correction } : {}) } }),
    onError: (error) => setWrong(errorsOf(error)),
  })
  if (answer.data) {
    return answer.data.state === 'verified' ? (
      <Empty title={t`Đã xác nhận. Cảm ơn bạn.`} />
    ) : (
      <Empty title={t`Đã ghi thông tin sửa. Cảm ơn bạn.`}>
        {t`Cơ quan điều phối sẽ gửi liên kết mới để xác nhận thông tin vừa sửa.`}
      </Empty>
    )
  }
  const send = (form: FormData) => {
    const names = ['name', 'position', 'phone', 'email']
    const parsed = ContactCorrection.safeParse(
      Object.fromEntries(names.map((name) => [name, text(form, name).trim()])),
    )
    setWrong(issues(parsed))
    if (parsed.success) answer.mutate(parsed.data)
  }
  const { name, position, phone, email, fingerprint } = contact
  return (
    <div className="flex flex-col gap-5">
      <p className="text-13 text-ink-2">
        {t`Khi có sự cố, cơ quan điều phối sẽ gọi theo thông tin này. Liên kết dùng được một lần, đến`}{' '}
        <Time at={contact.expires_at} as="absolute" />.
      </p>
      <Facts>
        <Fact name={t`Tổ chức`}>{contact.organisation_name}</Fact>
        <Fact name={t`Dùng để`}>{label('contactPurpose', contact.purpose)}</Fact>
        <Fact name={t`Họ và tên`}>{[name, position].filter(Boolean).join(', ')}</Fact>
        <Fact name={t`Điện thoại`}>{phone || '—'}</Fact>
        <Fact name={t`Thư điện tử`}>{email || '—'}</Fact>
        {fingerprint ? (
          <Fact name="OpenPGP">
            <code className="break-all text-12">{fingerprint}</code>
          </Fact>
        ) : null}
      </Facts>
      <ErrorSummary errors={wrong} error={answer.error} />
      {corrects ? (
        <form noValidate onSubmit={submitted(send)} className="grid gap-4 sm:grid-cols-2">
          <Field label={t`Họ và tên`} error={wrong['name']}>
            <Input name="name" defaultValue={name} autoFocus />
          </Field>
          <Field label={t`Chức vụ`} error={wrong['position']}>
            <Input name="position" defaultValue={position} />
          </Field>
          <Field label={t`Điện thoại`} error={wrong['phone']}>
            <Input name="phone" type="tel" defaultValue={phone} />
          </Field>
          <Field label={t`Thư điện tử`} error={wrong['email']}>
            <Input name="email" type="email" defaultValue={email} />
          </Field>
          <Button look="primary" type="submit" busy={answer.isPending} className="sm:col-span-2">
            {t`Gửi thông tin sửa`}
          </Button>
        </form>
      ) : (
        <div className="flex flex-wrap gap-2">
          <Button look="primary" busy={answer.isPending} onClick={() => answer.mutate(undefined)}>
            {t`Thông tin đúng`}
          </Button>
          <Button onClick={() => setCorrects(true)}>{t`Cần sửa`}</Button>
        </div>
      )}
    </div>
  )
}
