import { Password } from '@haidang/contracts/person'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { sessionQuery, useMe } from '../../api/session.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { Check, Field, Input, Select } from '../../components/field.tsx'
import { type Errors, noErrors, submitted, text } from '../../components/form.ts'
import { LanguageOptions } from '../../components/options.tsx'
import { gutter, Page, PageHead, Section } from '../../components/page.tsx'
import { Failure, LoadingRows } from '../../components/states.tsx'
import { say } from '../../components/toast.tsx'
import { setSingleKeys, singleKeysOn } from '../../keys/keyboard.ts'
import { activate } from '../../language/language.ts'
import { useWords } from '../../language/use-words.ts'
import { cn } from '../../theme/cn.ts'
import { setTheme, type Theme, themes, useTheme } from '../../theme/theme.ts'
import { AccountHistory } from '../access/account-history.tsx'
import { Authenticator } from '../access/authenticator.tsx'
import { factorsQuery } from '../access/factors-query.ts'
import { Identities } from '../access/identities.tsx'
import { Passkeys } from '../access/passkeys.tsx'
import { Sessions } from '../access/sessions.tsx'
import { MailWishes } from './mail-wishes.tsx'

export function MePage() {
  const { t } = useLingui()
  const { language } = useWords()
  const me = useMe()
  return (
    <Page title={t`Cài đặt của tôi`}>
      <PageHead title={t`Cài đặt của tôi`} />
      <div className={cn('grid max-w-5xl gap-x-12 gap-y-8 pb-12 lg:grid-cols-2', gutter)}>
        <div className="flex flex-col gap-8">
          <Section title={t`Tài khoản`}>
            <Facts>
              <Fact name={t`Họ và tên`}>{me.person.name}</Fact>
              <Fact name={t`Thư điện tử`}>{me.person.email}</Fact>
              <Fact name={t`Tổ chức`}>{me.person.organisation_name}</Fact>
              <Fact name={t`Vai trò`}>{language === 'vi' ? me.role.name_vi : me.role.name_en}</Fact>
              <Fact name={t`Quyền`}>
                <span className="font-mono text-12 text-ink-2">{me.permissions.join(' · ')}</span>
              </Fact>
            </Facts>
          </Section>
          <MailWishes />
        </div>
        <div className="flex flex-col gap-8">
          <Display />
          <PasswordForm />
        </div>
        <div className="flex flex-col gap-8">
          <Sessions />
          <AccountHistory />
        </div>
        <div className="flex flex-col gap-8">
          <Proofs />
        </div>
      </div>
    </Page>
  )
}

/** What one signs in with besides the password. */
function Proofs() {
  const factors = useQuery(factorsQuery)
  if (factors.isPending) return <LoadingRows rows={3} />
  if (factors.error) return <Failure error={factors.error} onRetry={() => void factors.refetch()} />
  return (
    <>
      <Authenticator factors={factors.data} />
      <Passkeys factors={factors.data} />
      <Identities />
    </>
  )
}

function Display() {
  const { t } = useLingui()
  const { language } = useWords()
  const theme = useTheme()
  const client = useQueryClient()
  const [single, setSingle] = useState(singleKeysOn)
  const names: Record<Theme, string> = { light: t`Sáng`, dark: t`Tối`, contrast: t`Tương phản cao` }
  const save = useMutation({
    mutationFn: (next: 'vi' | 'en') => api.session.update({ body: { language: next } }),
    onSuccess: (me) => client.setQueryData(sessionQuery.queryKey, me),
  })
  const choose = (value: string) => {
    const next = value === 'en' ? 'en' : 'vi'
    void activate(next)
    save.mutate(next)
  }
  const turn = (on: boolean) => {
    setSingleKeys(on)
    setSingle(on)
  }
  return (
    <Section title={t`Hiển thị`}>
      <div className="grid gap-4 pt-3 sm:grid-cols-2">
        <Field label={t`Ngôn ngữ`}>
          <Select value={language} onChange={(event) => choose(event.currentTarget.value)}>
            <LanguageOptions />
          </Select>
        </Field>
        <Field label={t`Giao diện`}>
          <Select
            value={theme}
            onChange={(event) =>
              setTheme(themes.find((name) => name === event.currentTarget.value) ?? 'light')
            }
          >
            {themes.map((name) => (
              <option key={name} value={name}>
                {names[name]}
              </option>
            ))}
          </Select>
        </Field>
        <Check
          className="sm:col-span-2"
          checked={single}
          onChange={(event) => turn(event.currentTarget.checked)}
        >
          {t`Dùng phím đơn (tắt nếu bạn điều khiển bằng giọng nói)`}
        </Check>
      </div>
    </Section>
  )
}

function PasswordForm() {
  const { t } = useLingui()
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const change = useMutation({
    mutationFn: (form: FormData) =>
      api.session.update({
        body: { password: { current: text(form, 'current'), next: text(form, 'next') } },
      }),
    onSuccess: () => say(t`Đã đổi mật khẩu`),
  })
  const send = (form: FormData) => {
    const found: Record<string, string> = {}
    if (!Password.safeParse(text(form, 'next')).success) found['next'] = t`Cần từ 12 tới 128 ký tự`
    if (text(form, 'next') !== text(form, 'repeat'))
      found['repeat'] = t`Hai lần nhập không giống nhau`
    setWrong(found)
    if (Object.keys(found).length === 0) change.mutate(form)
  }
  const names = {
    current: t`Mật khẩu hiện tại`,
    next: t`Mật khẩu mới`,
    repeat: t`Nhập lại mật khẩu mới`,
  }
  return (
    <Section title={t`Mật khẩu`}>
      <form noValidate onSubmit={submitted(send)} className="flex max-w-sm flex-col gap-4 pt-3">
        <ErrorSummary errors={wrong} error={change.error} names={names} />
        <Field label={names.current}>
          <Input name="current" type="password" autoComplete="current-password" maxLength={128} />
        </Field>
        <Field
          label={names.next}
          help={t`Từ 12 ký tự. Một câu dài dễ nhớ là tốt nhất.`}
          error={wrong['next']}
        >
          <Input name="next" type="password" autoComplete="new-password" maxLength={128} />
        </Field>
        <Field label={names.repeat} error={wrong['repeat']}>
          <Input name="repeat" type="password" autoComplete="new-password" maxLength={128} />
        </Field>
        <Button
          type="submit"
          className="self-start"
          busy={change.isPending}
        >{t`Đổi mật khẩu`}</Button>
      </form>
    </Section>
  )
}
