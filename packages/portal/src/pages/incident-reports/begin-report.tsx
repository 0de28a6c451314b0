import { ReportStage } from '@haidang/contracts/incident-report'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useOrganisations } from '../../api/organisations.ts'
import { useMe } from '../../api/session.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Select } from '../../components/field.tsx'
import { errorsOf, submitted, text } from '../../components/form.ts'
import { NamedOptions } from '../../components/options.tsx'
import { useWords } from '../../language/use-words.ts'
import { useReportTitle } from './report-columns.tsx'

/** By which form, for whom; what that organisation has reported already stands beside it. */
export function BeginReport({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const { label } = useWords()
  const navigate = useNavigate()
  const client = useQueryClient()
  const { person } = useMe()
  const organisations = useOrganisations()
  const [organisation, setOrganisation] = useState(person.organisation_id)
  const begin = useMutation({
    mutationFn: (form: FormData) =>
      api.incidentReports.begin({
        body: {
          organisation_id: organisation,
          stage: ReportStage.parse(text(form, 'stage')),
        },
      }),
    onSuccess: ({ form_id }) => {
      void client.invalidateQueries({ queryKey: ['incident-reports'] })
      void navigate({ to: '/forms/$id', params: { id: form_id } })
    },
  })
  const wrong = errorsOf(begin.error)
  return (
    <Dialog open onClose={onClose} title={t`Báo sự cố`}>
      <form onSubmit={submitted((form) => begin.mutate(form))} className="flex flex-col gap-4">
        <ErrorSummary errors={wrong} error={begin.error} />
        <Field label={t`Biểu mẫu`} error={wrong['stage']}>
          <Select name="stage" data-first>
            {(['notice', 'first'] as const).map((stage) => (
              <option key={stage} value={stage}>
                {label('reportStage', stage)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t`Đơn vị báo`} error={wrong['organisation_id']}>
          <Select
            name="organisation_id"
            value={organisation}
            onChange={(event) => setOrganisation(event.currentTarget.value)}
          >
            <NamedOptions of={organisations} />
          </Select>
        </Field>
        <Known organisation={organisation} />
        <Acts>
          <Button look="primary" type="submit" busy={begin.isPending}>{t`Báo sự cố`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}

/** Reports of the organisation that are not over: what one is about to report may be one of them. */
function Known({ organisation }: { organisation: string }) {
  const { t } = useLingui()
  const titleOf = useReportTitle()
  const filter = `organisation_id:${organisation} and (state:draft or state:received or state:acknowledged or state:attached)`
  const query = useQuery({
    queryKey: ['incident-reports', 'known', filter],
    queryFn: ({ signal }) => api.incidentReports.list({ query: { limit: 5, filter } }, signal),
  })
  const known = query.data?.items ?? []
  if (known.length === 0) return null
  return (
    <div className="text-13">
      <p className="font-medium">{t`Đã báo trước đây, mở để báo tiếp:`}</p>
      <ul className="pt-1">
        {known.map((report) => (
          <li key={report.id} className="py-1">
            <Link
              to="/incident-reports/$id"
              params={{ id: report.id }}
              className="text-accent hover:underline"
            >
              {[report.number, titleOf(report)].filter(Boolean).join(' · ')}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}
