import type { Incident } from '@haidang/contracts/incident'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { noErrors } from '../../components/form.ts'
import { Section } from '../../components/page.tsx'
import { say } from '../../components/toast.tsx'
import { useIncidentRefusal } from '../incidents/incident-refusal.ts'
import { FileButtons } from './file-buttons.tsx'
import { IssuedFacts } from './issued-facts.tsx'

/** The report of an incident: a draft of this moment, until it is issued. */
export function IncidentReport({ incident }: { incident: Incident }) {
  const { t } = useLingui()
  const { id } = incident
  const query = useQuery({
    queryKey: ['documents', 'incident', id],
    queryFn: ({ signal }) => api.documents.ofIncident({ params: { id } }, signal),
  })
  return (
    <Section title={t`Báo cáo sự cố`}>
      <Asked query={query}>
        {({ document }) => (
          <div className="flex flex-col gap-3 pt-2">
            <FileButtons
              of={document?.number ?? t`bản dự thảo`}
              read={(format) => api.documents.incidentFile({ params: { id, format } })}
            />
            {document ? (
              <IssuedFacts document={document} />
            ) : (
              <>
                <p className="text-12 text-ink-3">
                  {t`Bản dự thảo theo thông tin lúc này. Ban hành thì báo cáo có số, được ký số và không đổi nữa.`}
                </p>
                <IssueButton incident={incident} />
              </>
            )}
          </div>
        )}
      </Asked>
    </Section>
  )
}

function IssueButton({ incident }: { incident: Incident }) {
  const { t } = useLingui()
  const refusal = useIncidentRefusal(incident)
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  const issue = useMutation({
    mutationFn: () => api.documents.issueReport({ params: { id: incident.id }, body: {} }),
    onSuccess: ({ number }) => {
      say(t`Đã ban hành báo cáo ${number}`)
      void client.invalidateQueries({ queryKey: ['documents'] })
      close()
    },
  })
  return (
    <>
      <Button
        size="small"
        className="self-start"
        refusal={refusal('incident.close')}
        onClick={() => setOpen(true)}
      >
        {t`Ban hành báo cáo…`}
      </Button>
      <Dialog
        open={open}
        onClose={close}
        title={t`Ban hành báo cáo sự cố ${incident.number}`}
        about={t`Báo cáo được đánh số, ký số và giữ nguyên như lúc này. Muốn đổi phải thu hồi rồi ban hành bản khác.`}
      >
        <ErrorSummary errors={noErrors} error={issue.error} />
        <Acts>
          <Button look="primary" busy={issue.isPending} onClick={() => issue.mutate()} data-first>
            {t`Ban hành`}
          </Button>
          <Button look="quiet" onClick={close}>{t`Thôi`}</Button>
        </Acts>
      </Dialog>
    </>
  )
}
