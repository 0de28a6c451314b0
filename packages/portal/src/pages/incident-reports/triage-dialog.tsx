import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Select, Textarea } from '../../components/field.tsx'
import { errorsOf, submitted, text } from '../../components/form.ts'
import { similarQuery } from './similar-reports.tsx'
import type { AskedAct, ReportTriage } from './use-report-triage.ts'

interface TriageDialogProps {
  readonly asked: AskedAct
  readonly targets: readonly string[]
  readonly triage: ReportTriage
}

/** What an act on reports asks for: why, what, or of which incident. */
export function TriageDialog({ asked, targets, triage }: TriageDialogProps) {
  const { t } = useLingui()
  const [short, setShort] = useState(false)
  const titles: Record<AskedAct, string> = {
    ask: t`Hỏi lại người báo`,
    attach: t`Gắn vào sự cố`,
    near_miss: t`Suýt xảy ra sự cố`,
    duplicate: t`Trùng với tin báo khác`,
    reject: t`Không phải sự cố`,
  }
  const needed = asked === 'ask' || asked === 'reject'
  const wrong = errorsOf(triage.error)
  const send = (form: FormData) => {
    const reason = text(form, 'reason').trim()
    setShort(needed && reason.length < 3)
    if (needed && reason.length < 3) return
    const incident_id = text(form, 'incident_id') || undefined
    const duplicate_of = text(form, 'duplicate_of') || undefined
    triage.decide({ act: asked, reason, incident_id, duplicate_of })
  }
  return (
    <Dialog open onClose={triage.dismiss} title={titles[asked]}>
      <form noValidate onSubmit={submitted(send)} className="flex flex-col gap-4">
        <ErrorSummary errors={wrong} error={triage.error} />
        {asked === 'attach' ? <IncidentChoice error={wrong['incident_id']} /> : null}
        {asked === 'duplicate' ? (
          <OriginalChoice of={targets[0] ?? ''} error={wrong['duplicate_of']} />
        ) : null}
        <Field
          label={asked === 'ask' ? t`Cần biết gì` : t`Lý do`}
          optional={needed ? undefined : t`không bắt buộc`}
          error={short ? t`Cần ít nhất ${3} ký tự` : wrong['reason']}
        >
          <Textarea name="reason" rows={3} maxLength={4000} />
        </Field>
        <Acts>
          <Button look="primary" type="submit" busy={triage.busy}>
            {titles[asked]}
          </Button>
          <Button look="quiet" onClick={triage.dismiss}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}

function IncidentChoice({ error }: { error: string | undefined }) {
  const { t } = useLingui()
  const filter = 'not (state:closed or state:rejected)'
  const query = useQuery({
    queryKey: ['incidents', 'choice'],
    queryFn: ({ signal }) => api.incidents.list({ query: { limit: 200, filter } }, signal),
  })
  return (
    <Asked query={query}>
      {({ items }) => (
        <Field label={t`Sự cố`} error={error}>
          <Select name="incident_id" data-first>
            {items.map(({ id, number, title }) => (
              <option key={id} value={id}>
                {number} · {title}
              </option>
            ))}
          </Select>
        </Field>
      )}
    </Asked>
  )
}

function OriginalChoice({ of, error }: { of: string; error: string | undefined }) {
  const { t } = useLingui()
  const query = useQuery(similarQuery({ report_id: of }))
  return (
    <Asked query={query}>
      {({ items }) => (
        <Field
          label={t`Trùng với tin báo`}
          help={items.length === 0 ? t`Không tìm thấy tin báo nào giống` : undefined}
          error={error}
        >
          <Select name="duplicate_of" data-first>
            {items.map(({ report }) => (
              <option key={report.id} value={report.id}>
                {report.number} · {report.organisation_name} · {report.system_name}
              </option>
            ))}
          </Select>
        </Field>
      )}
    </Asked>
  )
}
