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
      <LinesField
        name="software"
        rows={6}
        label={t`Phần mềm (ứng dụng)`}
        help={t`Mỗi dòng: tên | phiên bản | CPE hoặc purl. Ví dụ nginx | 1.29 | pkg:generic/nginx@1.29`}
        lines={system.software.map(softwareLines.print)}
        wrong={wrong}
      />
      <LinesField
        name="services"
        rows={5}
        label={t`Dịch vụ`}
        help={t`Mỗi dòng: tên | giao thức/cổng | public. Ví dụ Cổng dịch vụ công | tcp/443 | public`}
        lines={system.services.map(serviceLines.print)}
        wrong={wrong}
      />
      <LinesField
        name="log_sources"
        rows={5}
        label={t`Nguồn nhật ký`}
        help={t`Mỗi dòng: tên | loại | số ngày lưu | shared. Ví dụ nginx | web | 90 | shared`}
        lines={system.log_sources.map(logLines.print)}
        wrong={wrong}
      />
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

interface LinesFieldProps {
  readonly name: string
  readonly rows: number
  readonly label: string
  readonly help: string
  readonly lines: readonly string[]
  readonly wrong: Errors
}

/** A list, one thing a line; of what is wrong the first line is named. */
function LinesField({ name, rows, label, help, lines: given, wrong }: LinesFieldProps) {
  const { t } = useLingui()
  return (
    <Field label={label} help={help} error={lineError(wrong, name, t`Dòng`)}>
      <Textarea name={name} rows={rows} defaultValue={given.join('\n')} className="font-mono" />
    </Field>
  )
}

/** The first line of a list that is wrong, counted from 1. */
function lineError(wrong: Errors, list: string, word: string): string | undefined {
  const [field, cause] = Object.entries(wrong).find(([name]) => name.startsWith(`${list}.`)) ?? []
  const place = Number(field?.split('.')[1])
  return field === undefined ? undefined : `${word} ${place + 1}: ${cause}`
}
