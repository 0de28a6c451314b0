import type { Incident } from '@haidang/contracts/incident'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { Identifier } from '../../components/identifier.tsx'
import { ObjectHead, TwoColumns } from '../../components/object-head.tsx'
import { Page, Section } from '../../components/page.tsx'
import { ExerciseMark, Pill, SimulatedMark, TlpLabel } from '../../components/pill.tsx'
import { SeverityMark } from '../../components/severity.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { remember } from '../../shell/recent.ts'
import { IncidentClassification } from '../classification/classification.tsx'
import { SimilarIncidents } from '../classification/similar-incidents.tsx'
import { ClosingReportSection } from '../closing-reports/closing-report-section.tsx'
import { SubjectDeadlines } from '../deadlines/subject-deadlines.tsx'
import { IncidentReport } from '../documents/incident-report.tsx'
import { IncidentLinks } from '../incident-ties/links.tsx'
import { MergedInto, Merges } from '../incident-ties/merges.tsx'
import { IncidentObservables } from '../observables/incident-observables.tsx'
import { IncidentParticipants } from '../participants/participants.tsx'
import { LookedAt } from '../readings/looked-at.tsx'
import { IncidentTasks } from '../tasks/incident-tasks.tsx'
import { IncidentActs } from './incident-acts.tsx'
import { IncidentState, TakingPart } from './incident-columns.tsx'
import { IncidentClusters, IncidentOrders } from './incident-links.tsx'
import { IncidentPath } from './incident-path.tsx'
import { IncidentReach } from './reach-dialog.tsx'
import { Timeline } from './timeline.tsx'

const route = getRouteApi('/shell/incidents/$id')

/** Where it stands, who owes what, and when it is due. */
export function IncidentPage() {
  const { t } = useLingui()
  const { id } = route.useParams()
  const query = useQuery({
    queryKey: ['incidents', 'one', id],
    queryFn: ({ signal }) => api.incidents.get({ params: { id } }, signal),
  })
  return (
    <Page title={query.data?.title ?? t`Sự cố`}>
      <Asked query={query}>{(incident) => <Body key={incident.id} incident={incident} />}</Asked>
    </Page>
  )
}

function Body({ incident }: { incident: Incident }) {
  const { t } = useLingui()
  const { label } = useWords()
  const { id, number, title } = incident
  useEffect(
    () => remember({ path: `/incidents/${id}`, title: `${number} ${title}`, draft: false }),
    [id, number, title],
  )
  return (
    <>
      <ObjectHead
        line={
          <>
            <span className="font-mono text-ink-2">{incident.number}</span>
            <SeverityMark severity={incident.severity} word />
            <IncidentState incident={incident} />
            {incident.grade === 'serious' ? (
              <Pill tone="critical">{t`Sự cố nghiêm trọng`}</Pill>
            ) : null}
            <TlpLabel tlp={incident.tlp} />
            <TakingPart incident={incident} />
            {incident.simulated ? <SimulatedMark /> : null}
            {incident.exercise ? <ExerciseMark /> : null}
            {incident.kind === 'incident' ? null : (
              <Pill>{label('incidentKind', incident.kind)}</Pill>
            )}
            <span className="text-ink-2">{incident.organisation_name}</span>
          </>
        }
        title={incident.title}
        acts={incident.merged_into === null ? <IncidentActs incident={incident} /> : null}
      />
      <MergedInto incident={incident} />
      <IncidentPath incident={incident} />
      <TwoColumns
        story={
          <>
            {incident.summary ? (
              <p className="max-w-[70ch] whitespace-pre-wrap text-15">{incident.summary}</p>
            ) : null}
            <IncidentTasks incident={incident} />
            <IncidentObservables incident={incident} />
            <ClosingReportSection incident={incident} />
            <Timeline incident={incident} />
          </>
        }
        facts={
          <>
            <IncidentClassification incident={incident} />
            <SubjectDeadlines id={id} others={incident.merged_ids} />
            <IncidentOrders incident={incident} />
            <IncidentClusters incident={incident} />
            <Merges incident={incident} />
            <IncidentLinks incident={incident} />
            <SimilarIncidents id={id} />
            <IncidentReport incident={incident} />
            <IncidentParticipants incident={incident} />
            <IncidentReach incident={incident} />
            <LookedAt id={id} />
            <Section title={t`Thông tin`}>
              <Facts>
                <Fact name={t`Phụ trách`}>{incident.assignee_name ?? '—'}</Fact>
                <Fact name={t`Phát hiện lúc`}>
                  <Time at={incident.detected_at} as="absolute" />
                </Fact>
                <Fact name={t`Mở lúc`}>
                  <Time at={incident.opened_at} as="absolute" />
                </Fact>
                {incident.closed_at ? (
                  <Fact name={t`Đóng lúc`}>
                    <Time at={incident.closed_at} as="absolute" />
                  </Fact>
                ) : null}
                <Fact name={t`Nhật ký`}>
                  <Link
                    to="/admin"
                    search={{ tab: 'journal', q: `subject:${id}` }}
                    className="text-accent hover:underline"
                  >
                    {t`Mọi thay đổi`}
                  </Link>
                </Fact>
                <Fact name={t`Mã`}>
                  <Identifier value={incident.id} />
                </Fact>
              </Facts>
            </Section>
          </>
        }
      />
    </>
  )
}
