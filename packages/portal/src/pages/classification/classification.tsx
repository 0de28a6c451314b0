import type { Taxonomy } from '@haidang/contracts/classification'
import type { Incident } from '@haidang/contracts/incident'
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { Section } from '../../components/page.tsx'
import { SeverityMark } from '../../components/severity.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { useIncidentRefusal } from '../incidents/incident-refusal.ts'
import { useProcess } from '../incidents/use-process.ts'
import { ClassificationDialog } from './classification-dialog.tsx'
import { useClassification, useGrading } from './classification-query.ts'
import { GradeDialog } from './grade-dialog.tsx'

/** What an incident is by the law and by the taxonomy of others, how bad it is, and who decided that. */
export function IncidentClassification({ incident }: { incident: Incident }) {
  const { t } = useLingui()
  const { label } = useWords()
  const refusal = useIncidentRefusal(incident)
  const [dialog, setDialog] = useState<'facts' | 'grade' | null>(null)
  const classification = useClassification().data
  const rsit = useRsitName(classification?.taxonomy, incident.rsit)
  const { language } = useWords()
  const impact =
    incident.impact && classification?.rules.severity.impacts[incident.impact][language]
  const finished = incident.state === 'closed' || incident.state === 'rejected'
  const over = finished ? t`Sự cố đã kết thúc` : undefined
  const close = () => setDialog(null)
  return (
    <Section
      title={t`Phân loại`}
      acts={
        <Button
          size="small"
          refusal={refusal('incident.handle')}
          onClick={() => setDialog('facts')}
        >{t`Sửa`}</Button>
      }
    >
      <Facts>
        <Phase incident={incident} />
        <Fact name={t`Loại`}>{label('incidentType', incident.type)}</Fact>
        <Fact name="RSIT">
          {rsit} <code className="text-12 text-ink-3">{incident.rsit}</code>
        </Fact>
        <Fact name={t`Nguyên nhân`}>
          {incident.cause ? label('causeGroup', incident.cause) : '—'}
        </Fact>
        <Fact name={t`Thiệt hại`}>{impact || '—'}</Fact>
        <PersonalData incident={incident} />
        <Graded incident={incident} />
      </Facts>
      <Button
        size="small"
        className="mt-2"
        refusal={refusal('incident.close') ?? over}
        onClick={() => setDialog('grade')}
      >
        {t`Quyết định mức nghiêm trọng…`}
      </Button>
      {dialog === 'facts' ? <ClassificationDialog incident={incident} onClose={close} /> : null}
      {dialog === 'grade' ? <GradeDialog incident={incident} onClose={close} /> : null}
    </Section>
  )
}

/** Of ISO/IEC 27035-1, as the process in force tells it by the state. */
function Phase({ incident: { state } }: { incident: Incident }) {
  const { t } = useLingui()
  const { label } = useWords()
  const { data: process } = useProcess()
  const phase = process?.states.find((one) => one.state === state)?.phase
  return <Fact name={t`Giai đoạn xử lý`}>{phase ? label('incidentPhase', phase) : '—'}</Fact>
}

function PersonalData({ incident: { personal_data } }: { incident: Incident }) {
  const { t } = useLingui()
  const { label, number } = useWords()
  if (!personal_data) return <Fact name={t`Dữ liệu cá nhân`}>{t`Không liên quan`}</Fact>
  const { categories, subjects, records } = personal_data
  const kinds = categories.map((one) => label('personalDataCategory', one)).join(', ')
  const many = (count: number | null) => (count === null ? t`chưa rõ` : number(count))
  return (
    <Fact name={t`Dữ liệu cá nhân`}>
      {kinds}
      <span className="block text-12 text-ink-2">
        {t`Số người: ${many(subjects)} · số bản ghi: ${many(records)}`}
      </span>
    </Fact>
  )
}

function Graded({ incident }: { incident: Incident }) {
  const { t } = useLingui()
  const { label } = useWords()
  const grading = useGrading(incident.id, incident.version).data
  const level = grading?.system?.level ?? null
  return (
    <>
      {grading?.system ? (
        <Fact name={t`Hệ thống`}>
          <Link
            to="/systems/$id"
            params={{ id: grading.system.id }}
            className="text-accent hover:underline"
          >
            {grading.system.name}
          </Link>
          {level === null ? null : (
            <span className="block text-12 text-ink-2">{t`Cấp độ ${level}`}</span>
          )}
        </Fact>
      ) : null}
      {grading?.severity && grading.severity !== incident.severity ? (
        <Fact name={t`Mức gợi ý`}>
          <SeverityMark severity={grading.severity} word />
        </Fact>
      ) : null}
      <Fact name={t`Nghiêm trọng`}>
        {label('incidentGrade', incident.grade)}
        {grading?.last ? (
          <span className="block text-12 text-ink-2">
            {grading.last.decided_by} <Time at={grading.last.decided_at} as="absolute" />
          </span>
        ) : null}
        {grading?.suggestion === 'serious' && incident.grade === 'ordinary' ? (
          <span className="block text-12 text-critical">{label('gradeSuggestion', 'serious')}</span>
        ) : null}
      </Fact>
    </>
  )
}

function useRsitName(taxonomy: Taxonomy | undefined, code: string): string {
  const { language } = useWords()
  const [of, id] = code.split('/')
  const types = taxonomy?.classes.find((one) => one.id === of)?.types
  return types?.find((one) => one.id === id)?.name[language] ?? ''
}
