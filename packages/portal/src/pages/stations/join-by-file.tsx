import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'
import { Section } from '../../components/page.tsx'
import { saveFile } from '../../components/save-file.ts'
import { joinFileOf } from './join-file-of.ts'

/** Joining without a network: a request file out, an answer file in, a fingerprint compared each way. */
export function JoinByFile() {
  const { t } = useLingui()
  return (
    <Section title={t`Nối bằng tệp, không cần mạng`}>
      <p className="pt-2 text-13 text-ink-2">
        {t`Mang tệp xin gia nhập tới cấp trên; sau khi được duyệt, mang tệp trả lời về. Hai bên đọc dấu vân tay cho nhau qua điện thoại.`}
      </p>
      <Ask />
      <Apply />
    </Section>
  )
}

function Ask() {
  const { t } = useLingui()
  const refusal = useRefusal()
  const ask = useMutation({
    mutationFn: (form: FormData) =>
      api.joinFiles.ask({
        body: { location: text(form, 'location'), contact: text(form, 'contact') },
      }),
    onSuccess: ({ file }) =>
      saveFile('haidang-join-request.json', 'application/json', JSON.stringify(file, null, 2)),
  })
  return (
    <form onSubmit={submitted((form) => ask.mutate(form))} className="flex flex-col gap-4 pt-3">
      <ErrorSummary errors={noErrors} error={ask.error} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t`Nơi đặt`} optional={t`không bắt buộc`}>
          <Input name="location" maxLength={300} />
        </Field>
        <Field label={t`Liên hệ trực`} optional={t`không bắt buộc`}>
          <Input name="contact" maxLength={300} placeholder={t`Tên, điện thoại`} />
        </Field>
      </div>
      <Button
        type="submit"
        className="self-start"
        busy={ask.isPending}
        refusal={refusal('station.manage')}
      >
        {t`Tải tệp xin gia nhập`}
      </Button>
      {ask.data ? (
        <p role="status" className="text-13">
          {t`Đọc dấu vân tay khóa này cho cấp trên:`}{' '}
          <code className="break-all text-12">{ask.data.fingerprint}</code>
        </p>
      ) : null}
    </form>
  )
}

function Apply() {
  const { t } = useLingui()
  const refusal = useRefusal()
  const client = useQueryClient()
  const apply = useMutation({
    mutationFn: async (form: FormData) =>
      api.joinFiles.apply({
        body: { file: await joinFileOf(form.get('file')), authority: text(form, 'authority') },
      }),
    onSuccess: (parent) => client.setQueryData(['parent'], parent),
  })
  return (
    <form onSubmit={submitted((form) => apply.mutate(form))} className="flex flex-col gap-4 pt-6">
      <ErrorSummary errors={noErrors} error={apply.error} />
      <Field label={t`Tệp trả lời của cấp trên`}>
        <Input name="file" type="file" accept=".json,application/json" required className="pt-1" />
      </Field>
      <Field
        label={t`Dấu vân tay cơ quan chứng thư`}
        help={t`Như cấp trên đọc qua điện thoại; không chép từ tệp`}
      >
        <Input name="authority" required minLength={64} maxLength={200} autoComplete="off" />
      </Field>
      <Button
        type="submit"
        className="self-start"
        busy={apply.isPending}
        refusal={refusal('station.manage')}
      >
        {t`Nhận tệp trả lời`}
      </Button>
    </form>
  )
}
