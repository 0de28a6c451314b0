import type { AccessPolicy } from '@haidang/contracts/factor'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Check, Field, Input } from '../../components/field.tsx'
import { errorsOf, submitted, text } from '../../components/form.ts'
import { gutter, Section } from '../../components/page.tsx'
import { Failure, LoadingRows } from '../../components/states.tsx'
import { say } from '../../components/toast.tsx'
import { cn } from '../../theme/cn.ts'
import { ProvidersSection } from './providers-section.tsx'
import { useRoles } from './use-roles.ts'

const queryKey = ['access-policy']

/** Who needs a second factor, and how long sessions last. */
export function SignInTab() {
  const policy = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.accessPolicy.read({}, signal),
  })
  if (policy.isPending) return <LoadingRows rows={4} />
  if (policy.error) return <Failure error={policy.error} onRetry={() => void policy.refetch()} />
  return (
    <>
      <PolicyForm policy={policy.data} />
      <ProvidersSection />
    </>
  )
}

function PolicyForm({ policy }: { policy: AccessPolicy }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const refusal = useRefusal()
  const roles = useRoles()
  const save = useMutation({
    mutationFn: (form: FormData) =>
      api.accessPolicy.change({
        body: {
          factor_roles: form.getAll('factor_roles').map(String),
          idle_minutes: Number(text(form, 'idle_minutes')),
          absolute_hours: Number(text(form, 'absolute_hours')),
        },
      }),
    onSuccess: (saved) => {
      client.setQueryData(queryKey, saved)
      say(t`Đã lưu, có hiệu lực ngay`)
    },
  })
  const errors = errorsOf(save.error)
  const names = { idle_minutes: t`Không dùng, phút`, absolute_hours: t`Dài nhất, giờ` }
  return (
    <form
      onSubmit={submitted((form) => save.mutate(form))}
      className={cn('flex max-w-3xl flex-col gap-8 py-4 pb-12', gutter)}
    >
      <ErrorSummary errors={errors} error={save.error} names={names} />
      <Section title={t`Vai trò bắt buộc có bước xác thực thứ hai`}>
        <p className="py-2 text-13 text-ink-2">
          {t`Người giữ vai trò đã chọn mà chưa có ứng dụng xác thực hay khóa truy cập thì chỉ thiết lập được một trong hai, chưa làm gì khác.`}
        </p>
        <fieldset className="grid gap-x-6 sm:grid-cols-2">
          <legend className="sr-only">{t`Vai trò`}</legend>
          {roles.map(({ id, name }) => (
            <Check
              key={id}
              name="factor_roles"
              value={id}
              defaultChecked={policy.factor_roles.includes(id)}
            >
              {name}
            </Check>
          ))}
        </fieldset>
      </Section>
      <Section title={t`Phiên đăng nhập kết thúc`}>
        <div className="grid gap-4 pt-3 sm:grid-cols-2">
          <Field
            label={names.idle_minutes}
            help={t`Từ 5 tới 1440; một trang đang mở vẫn tính là dùng`}
            error={errors['idle_minutes']}
          >
            <Input
              name="idle_minutes"
              type="number"
              min={5}
              max={1440}
              required
              defaultValue={policy.idle_minutes}
            />
          </Field>
          <Field
            label={names.absolute_hours}
            help={t`Từ 1 tới 720, dù đang dùng`}
            error={errors['absolute_hours']}
          >
            <Input
              name="absolute_hours"
              type="number"
              min={1}
              max={720}
              required
              defaultValue={policy.absolute_hours}
            />
          </Field>
        </div>
      </Section>
      <Button
        look="primary"
        type="submit"
        className="self-start"
        busy={save.isPending}
        refusal={refusal('person.manage')}
      >
        {t`Lưu`}
      </Button>
    </form>
  )
}
