import { type InformationSystem, SystemDraft } from '@haidang/contracts/system'
import { useLingui } from '@lingui/react/macro'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Acts } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Textarea } from '../../components/field.tsx'
import { type Errors, lines, submitted, useIssues } from '../../components/form.ts'
import { logLines, serviceLines, softwareLines } from './component-lines.ts'
import { useSystemChange } from './use-system-change.ts'

const Components = SystemDraft.pick({ software: true, services: true, log_sources: true })

/** Software, services and log sources, one a line. */
export function SystemComponents({ system }: { system: InformationSystem }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const issues = useIssues()
  const { save, wrong, setWrong } = useSystemChange(system)
  const send = (form: FormData) => {
    const parsed = Components.safeParse({
      software: lines(form, 'software').map(softwareLines.read),
      services: lines(form, 'services').map(serviceLines.read),
      log_sources: lines(form, 'log_sources').map(logLines.read),
    })
    setWrong(issues(parsed))
    if (parsed.success) save.mutate(parsed.data)
  }
  return (
    <form
      key={system.version}
      noValidate
      onSubmit={submitted(send)}
      className="flex max-w-4xl flex-col gap-5"
    >
      <ErrorSummary errors={wrong} error={save.error} />
      <Field
        label={t`Phần mềm (ứng dụng)`}
        help={t`Mỗi dòng: tên | phiên bản | CPE hoặc purl. Ví dụ nginx | 1.29 | pkg:generic/nginx@1.29`}
        error={lineError(wrong, 'software', t`Dòng`)}
      >
        <Textarea
          name="software"
          rows={6}
          defaultValue={system.software.map(softwareLines.print).join('\n')}
          className="font-mono"
        />
      </Field>
      <Field
        label={t`Dịch vụ`}
        help={t`Mỗi dòng: tên | giao thức/cổng | public. Ví dụ Cổng dịch vụ công | tcp/443 | public`}
        error={lineError(wrong, 'services', t`Dòng`)}
      >
        <Textarea
          name="services"
          rows={5}
          defaultValue={system.services.map(serviceLines.print).join('\n')}
          className="font-mono"
        />
      </Field>
      <Field
        label={t`Nguồn nhật ký`}
        help={t`Mỗi dòng: tên | loại | số ngày lưu | shared. Ví dụ nginx | web | 90 | shared`}
        error={lineError(wrong, 'log_sources', t`Dòng`)}
      >
        <Textarea
          name="log_sources"
          rows={5}
          defaultValue={system.log_sources.map(logLines.print).join('\n')}
          className="font-mono"
        />
      </Field>
      <Acts>
        <Button
          look="primary"
          type="submit"
          busy={save.isPending}
          refusal={refusal('system.manage')}
        >{t`Lưu`}</Button>
      </Acts>
    </form>
  )
}

/** The first line of a list that is wrong, counted from 1. */
function lineError(wrong: Errors, list: string, word: string): string | undefined {
  const [field, cause] = Object.entries(wrong).find(([name]) => name.startsWith(`${list}.`)) ?? []
  const place = Number(field?.split('.')[1])
  return field === undefined ? undefined : `${word} ${place + 1}: ${cause}`
}
