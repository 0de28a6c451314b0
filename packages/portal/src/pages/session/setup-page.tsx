import { labels } from '@haidang/contracts/labels'
import { setupApi } from '@haidang/contracts/person-api'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useRef, useState } from 'react'
import { api } from '../../api/api.ts'
import { Button, buttonStyle } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input, Select } from '../../components/field.tsx'
import {
  type Errors,
  errorsOf,
  noErrors,
  submitted,
  text,
  useDraft,
  useIssues,
} from '../../components/form.ts'
import { LanguageOptions } from '../../components/options.tsx'
import { Empty } from '../../components/states.tsx'
import { activate } from '../../language/language.ts'
import { useWords } from '../../language/use-words.ts'
import { Front } from './front.tsx'
import { useLinkToken } from './link-page.tsx'

const route = getRouteApi('/setup')

function bodyOf(form: FormData, token: string) {
  return {
    token,
    language: text(form, 'language') === 'en' ? ('en' as const) : ('vi' as const),
    node_name: text(form, 'node_name'),
    organisation: {
      code: text(form, 'organisation.code'),
      name: text(form, 'organisation.name'),
      kind: text(form, 'organisation.kind') as keyof typeof labels.organisationKind,
    },
    administrator: {
      name: text(form, 'administrator.name'),
      email: text(form, 'administrator.email').trim(),
      password: text(form, 'administrator.password'),
    },
  }
}

/** First run: whose node this is, and who looks after it. */
export function SetupPage() {
  const { t } = useLingui()
  const asked = route.useSearch()
  const token = useLinkToken().replace(/^token=/, '') || asked.token
  const state = useQuery({
    queryKey: ['setup'],
    queryFn: ({ signal }) => api.setup.state({}, signal),
  })
  if (state.data && !state.data.needed) {
    return (
      <Front>
        <Empty
          whole
          title={t`Nút này đã được thiết lập`}
          act={
            <Link to="/sign-in" search={{}} className={buttonStyle({ look: 'primary' })}>
              {t`Đăng nhập`}
            </Link>
          }
        />
      </Front>
    )
  }
  if (!token) {
    return (
      <Front>
        <Empty whole title={t`Cần liên kết thiết lập`}>
          {t`Nút in ra một liên kết dùng một lần khi khởi động. Mở liên kết đó để thiết lập. Mất liên kết thì khởi động lại nút, nó sẽ in liên kết mới.`}
        </Empty>
      </Front>
    )
  }
  return (
    <Front wide>
      <SetupForm token={token} />
    </Front>
  )
}

function SetupForm({ token }: { token: string }) {
  const { t } = useLingui()
  const { language, label } = useWords()
  const navigate = useNavigate()
  const form = useRef<HTMLFormElement>(null)
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const issues = useIssues()
  const draft = useDraft('setup', form)
  const complete = useMutation({
    mutationFn: (body: ReturnType<typeof bodyOf>) => api.setup.complete({ body }),
    onSuccess: (_, body) => {
      draft.forget()
      void activate(body.language)
      void navigate({ to: '/sign-in', search: {} })
    },
    onError: (error) => setWrong(errorsOf(error)),
  })
  const send = (fields: FormData) => {
    const body = bodyOf(fields, token)
    const found: Record<string, string> = { ...issues(setupApi.complete.body.safeParse(body)) }
    if (text(fields, 'administrator.password') !== text(fields, 'repeat')) {
      found['repeat'] = t`Hai lần nhập không giống nhau`
    }
    setWrong(found)
    if (Object.keys(found).length === 0) complete.mutate(body)
  }
  const names = {
    node_name: t`Tên nút`,
    'organisation.name': t`Tên tổ chức`,
    'organisation.code': t`Mã định danh`,
    'administrator.name': t`Họ và tên`,
    'administrator.email': t`Thư điện tử`,
    'administrator.password': t`Mật khẩu`,
    repeat: t`Nhập lại mật khẩu`,
  }
  return (
    <form ref={form} noValidate className="flex flex-col gap-8" onSubmit={submitted(send)}>
      <header>
        <h1 className="text-24">{t`Thiết lập nút`}</h1>
        <p className="pt-1 text-15 text-ink-2">
          {t`Cho biết nút này của ai và người đầu tiên quản trị nó. Mọi thứ khác có thể thêm sau.`}
        </p>
      </header>
      <ErrorSummary errors={wrong} error={complete.error} names={names} />
      <Part number={1} title={t`Ngôn ngữ`}>
        <Field label={t`Ngôn ngữ của quản trị viên`} className="sm:col-span-2">
          <Select
            name="language"
            defaultValue={language}
            onChange={(event) => void activate(event.currentTarget.value === 'en' ? 'en' : 'vi')}
          >
            <LanguageOptions />
          </Select>
        </Field>
      </Part>
      <Part number={2} title={t`Tổ chức`}>
        <Field
          label={names['organisation.name']}
          error={wrong['organisation.name']}
          className="sm:col-span-2"
        >
          <Input name="organisation.name" placeholder={t`Sở Khoa học và Công nghệ tỉnh …`} />
        </Field>
        <Field label={t`Loại tổ chức`}>
          <Select name="organisation.kind" defaultValue="other">
            {Object.keys(labels.organisationKind).map((kind) => (
              <option key={kind} value={kind}>
                {label('organisationKind', kind)}
              </option>
            ))}
          </Select>
        </Field>
        <Field
          label={names['organisation.code']}
          help={t`Mã định danh điện tử: chữ không dấu, số, dấu chấm, gạch nối`}
          error={wrong['organisation.code']}
        >
          <Input name="organisation.code" placeholder="H40.12" className="font-mono" />
        </Field>
        <Field
          label={names.node_name}
          help={t`Hiện trên mọi trang, để biết mình đang ở đâu`}
          error={wrong['node_name']}
          className="sm:col-span-2"
        >
          <Input name="node_name" placeholder={t`Trung tâm giám sát …`} />
        </Field>
      </Part>
      <Part number={3} title={t`Quản trị viên`}>
        <Field label={names['administrator.name']} error={wrong['administrator.name']}>
          <Input name="administrator.name" autoComplete="name" />
        </Field>
        <Field label={names['administrator.email']} error={wrong['administrator.email']}>
          <Input name="administrator.email" type="email" autoComplete="username" />
        </Field>
        <Field
          label={names['administrator.password']}
          help={t`Từ 12 ký tự. Một câu dài dễ nhớ là tốt nhất.`}
          error={wrong['administrator.password']}
        >
          <Input
            name="administrator.password"
            type="password"
            autoComplete="new-password"
            maxLength={128}
          />
        </Field>
        <Field label={names.repeat} error={wrong['repeat']}>
          <Input name="repeat" type="password" autoComplete="new-password" maxLength={128} />
        </Field>
      </Part>
      <Button look="primary" size="large" type="submit" busy={complete.isPending}>
        {t`Hoàn tất thiết lập`}
      </Button>
    </form>
  )
}

function Part({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <fieldset className="grid grid-cols-1 gap-4 border-t pt-4 sm:grid-cols-2">
      <legend className="float-left mb-1 w-full pt-4 font-semibold text-15 sm:col-span-2">
        <span className="mr-2 text-ink-3">{number}</span>
        {title}
      </legend>
      {children}
    </fieldset>
  )
}
