import type { Advisory, AdvisoryLine } from '@haidang/contracts/advisory'
import { labels } from '@haidang/contracts/labels'
import { useLingui } from '@lingui/react/macro'
import { useMemo, useState } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { Button } from '../../components/button.tsx'
import { FilterBar } from '../../components/filter-bar.tsx'
import { both } from '../../components/filter-tree.ts'
import { List } from '../../components/list.tsx'
import { Section } from '../../components/page.tsx'
import { Pill } from '../../components/pill.tsx'
import { SheetLinks } from '../../components/sheet-links.tsx'
import { Empty } from '../../components/states.tsx'
import type { Column } from '../../components/table-column.ts'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { stepTone } from './answer-tone.ts'
import { LadderDialog } from './ladder-dialog.tsx'

const fields = [
  'name',
  'text',
  'step',
  'assessment',
  'silent',
  'overdue',
  'over_link',
  'kind',
  'due_at',
  'id',
]
const idOf = (line: AdvisoryLine) => line.organisation_id

function Standing({ line }: { line: AdvisoryLine }) {
  const { t } = useLingui()
  const { label } = useWords()
  if (line.overdue) return <Pill tone="critical">{t`Quá hạn`}</Pill>
  return <Pill tone={stepTone(line.step)}>{label('advisoryStep', line.step)}</Pill>
}

function useLineColumns(): readonly Column<AdvisoryLine>[] {
  const { t } = useLingui()
  const { label } = useWords()
  return useMemo(
    () => [
      {
        id: 'name',
        header: t`Đơn vị`,
        width: 'minmax(160px,2fr)',
        fixed: true,
        cell: ({ organisation_name }) => <span className="font-medium">{organisation_name}</span>,
      },
      {
        id: 'assessment',
        header: t`Trả lời`,
        width: '160px',
        cell: ({ assessment }) => (assessment ? label('assessment', assessment) : '—'),
      },
      {
        id: 'note',
        header: t`Diễn giải`,
        width: 'minmax(120px,2fr)',
        from: 900,
        cell: ({ note }) => <span title={note}>{note}</span>,
      },
      {
        id: 'due',
        header: t`Hạn`,
        width: '104px',
        from: 780,
        cell: ({ due_at }) => (due_at ? <Time at={due_at} className="text-ink-2" /> : '—'),
      },
      {
        id: 'standing',
        header: t`Bước`,
        width: '128px',
        cell: (line) => <Standing line={line} />,
      },
    ],
    [t, label],
  )
}

/** Who was told, how each answered, and who is silent; a line is opened to read and judge what was said. */
export function Addressees({ advisory }: { advisory: Advisory }) {
  const { t } = useLingui()
  const [q, setQ] = useState('')
  const [chosen, setChosen] = useState('')
  const [open, setOpen] = useState<AdvisoryLine | null>(null)
  const filter = both(chosen, q)
  const pages = usePages({
    queryKey: ['advisories', 'addressees', advisory.id, advisory.version, filter],
    read: (cursor, signal) =>
      api.advisories.addressees(
        { params: { id: advisory.id }, query: { limit: 100, cursor, filter } },
        signal,
      ),
  })
  const clear = () => {
    setQ('')
    setChosen('')
  }
  const columns = useLineColumns()
  return (
    <Section
      title={t`Nơi nhận`}
      count={advisory.tally.addressees}
      acts={
        <SheetLinks path={`/api/v1/advisories/${advisory.id}/addressee-export`} filter={filter} />
      }
    >
      <Counts advisory={advisory} chosen={chosen} onChoose={setChosen} />
      <div className="py-3">
        <FilterBar
          value={q}
          onChange={setQ}
          fields={fields}
          example="silent:true or assessment:need_help"
        />
      </div>
      <List
        pages={pages}
        name="advisory-addressees"
        label={t`Nơi nhận`}
        idOf={idOf}
        columns={columns}
        compact={(line) => (
          <div className="flex items-center gap-2">
            <span className="min-w-0 truncate font-medium">{line.organisation_name}</span>
            <span className="ml-auto shrink-0">
              <Standing line={line} />
            </span>
          </div>
        )}
        onOpen={setOpen}
        empty={<Empty title={t`Chưa có nơi nhận`}>{t`Chưa đơn vị nào được báo.`}</Empty>}
        {...(filter ? { onClear: clear } : {})}
      />
      {open ? <LadderDialog advisory={advisory} line={open} onClose={() => setOpen(null)} /> : null}
    </Section>
  )
}

interface CountsProps {
  readonly advisory: Advisory
  readonly chosen: string
  readonly onChoose: (filter: string) => void
}

/** Counts that narrow the list when pressed. */
function Counts({ advisory: { tally }, chosen, onChoose }: CountsProps) {
  const { t } = useLingui()
  const { label, number } = useWords()
  const counts = [
    { filter: 'silent:true', name: t`Chưa trả lời`, count: tally.silent + tally.undelivered },
    { filter: 'overdue:true', name: t`Quá hạn`, count: tally.overdue },
    ...(Object.keys(labels.assessment) as (keyof typeof labels.assessment)[]).map((one) => ({
      // What was returned is silent again, and no answer any more.
      filter: `assessment:${one} and silent:false`,
      name: label('assessment', one),
      count: tally.assessments[one] ?? 0,
    })),
  ]
  return (
    <div className="flex flex-wrap gap-2 pt-3">
      {counts.map(({ filter, name, count }) => (
        <Button
          key={filter}
          size="small"
          look={chosen === filter ? 'primary' : 'plain'}
          aria-pressed={chosen === filter}
          onClick={() => onChoose(chosen === filter ? '' : filter)}
        >
          {name} {number(count)}
        </Button>
      ))}
    </div>
  )
}
