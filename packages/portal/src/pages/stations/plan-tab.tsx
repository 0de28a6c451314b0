import type { PlanEntry, PlanProgress, PlanState } from '@haidang/contracts/estate'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { FilteredList } from '../../components/filtered-list.tsx'
import { gutter } from '../../components/page.tsx'
import { Pill, type Tone } from '../../components/pill.tsx'
import { SheetLinks } from '../../components/sheet-links.tsx'
import { Empty } from '../../components/states.tsx'
import type { Column } from '../../components/table-column.ts'
import { plainDate } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'
import { PlanDialog } from './plan-dialog.tsx'

const route = getRouteApi('/shell/stations')
const idOf = (entry: PlanEntry) => entry.id
const fields = ['name', 'kind', 'state', 'duty', 'due', 'overdue']
const tones: Record<PlanState, Tone> = {
  planned: 'neutral',
  survey: 'accent',
  exempt: 'neutral',
  joined: 'accent',
  approved: 'low',
  operating: 'good',
  replaced: 'medium',
  revoked: 'critical',
}

/** Who must have a station, by when, by which clause, and how far that is. */
export function PlanTab() {
  const { t } = useLingui()
  const { q = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const [planned, setPlanned] = useState<PlanEntry>()
  const filter = q || undefined
  const pages = usePages({
    queryKey: ['estate', 'plan', filter],
    read: (cursor, signal) => api.estate.plan({ query: { limit: 100, cursor, filter } }, signal),
  })
  const progress = useQuery({
    queryKey: ['estate', 'progress'],
    queryFn: ({ signal }) => api.estate.progress({}, signal),
  })
  const columns = usePlanColumns(progress.data, setPlanned)
  return (
    <>
      {progress.data ? <Progress progress={progress.data} /> : null}
      <FilteredList
        q={q}
        fields={fields}
        example="overdue:true"
        onFilter={(next) =>
          void navigate({
            to: '/stations',
            search: { tab: 'plan', ...(next ? { q: next } : {}) },
            replace: true,
          })
        }
        choices={<SheetLinks path="/api/v1/estate-plan-export" filter={q} />}
        pages={pages}
        name="estate-plan"
        label={t`Kế hoạch đặt trạm`}
        idOf={idOf}
        columns={columns}
        compact={(entry) => <PlanLine entry={entry} onPlan={() => setPlanned(entry)} />}
        empty={<Empty title={t`Chưa có tổ chức nào`} />}
      />
      {planned ? <PlanDialog entry={planned} onClose={() => setPlanned(undefined)} /> : null}
    </>
  )
}

function Progress({ progress }: { progress: PlanProgress }) {
  const { t } = useLingui()
  const { label } = useWords()
  const { due, overdue } = progress
  return (
    <div className={`flex flex-wrap items-center gap-x-4 gap-y-2 pt-4 text-13 ${gutter}`}>
      <span className="font-medium">{t`${due} tổ chức phải có trạm`}</span>
      {progress.states.map(({ state, organisations }) => (
        <Pill key={state} tone={tones[state]}>
          {organisations} {label('planState', state)}
        </Pill>
      ))}
      {overdue > 0 ? <Pill tone="critical">{t`${overdue} quá hạn`}</Pill> : null}
    </div>
  )
}

function Due({ entry }: { entry: PlanEntry }) {
  const { t } = useLingui()
  if (!entry.due_on) return <span className="text-ink-3">—</span>
  const day = plainDate(entry.due_on)
  return entry.overdue ? (
    <span className="font-medium text-critical">{t`${day}, quá hạn`}</span>
  ) : (
    day
  )
}

function PlanButton({ onPlan }: { onPlan: () => void }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  return (
    <Button size="small" refusal={refusal('station.manage')} onClick={onPlan}>
      {t`Lập kế hoạch`}
    </Button>
  )
}

function usePlanColumns(
  progress: PlanProgress | undefined,
  onPlan: (entry: PlanEntry) => void,
): readonly Column<PlanEntry>[] {
  const { t } = useLingui()
  const { label, language } = useWords()
  return useMemo(() => {
    const dutyOf = (id: string | null) => progress?.duties.find((duty) => duty.id === id)
    return [
      {
        id: 'name',
        header: t`Tổ chức`,
        width: 'minmax(160px,2fr)',
        fixed: true,
        cell: ({ name }) => <span className="truncate font-medium">{name}</span>,
      },
      {
        id: 'state',
        header: t`Tình trạng`,
        width: '132px',
        fixed: true,
        cell: ({ state }) => <Pill tone={tones[state]}>{label('planState', state)}</Pill>,
      },
      {
        id: 'due',
        header: t`Hạn`,
        width: '152px',
        cell: (entry) => <Due entry={entry} />,
      },
      {
        id: 'station',
        header: t`Trạm`,
        width: 'minmax(110px,1fr)',
        from: 860,
        cell: ({ station_id, station_name }) =>
          station_id ? (
            <Link
              to="/stations/$id"
              params={{ id: station_id }}
              className="truncate text-accent hover:underline"
            >
              {station_name}
            </Link>
          ) : (
            '—'
          ),
      },
      {
        id: 'clause',
        header: t`Căn cứ`,
        width: 'minmax(160px,1.5fr)',
        from: 1040,
        cell: ({ duty }) => {
          const found = dutyOf(duty)
          return <span title={found?.name[language]}>{found?.clause ?? '—'}</span>
        },
      },
      {
        id: 'act',
        header: '',
        width: '128px',
        from: 700,
        cell: (entry) => <PlanButton onPlan={() => onPlan(entry)} />,
      },
    ]
  }, [t, label, language, progress, onPlan])
}

function PlanLine({ entry, onPlan }: { entry: PlanEntry; onPlan: () => void }) {
  const { label } = useWords()
  return (
    <div className="flex flex-col gap-1">
      <span className="flex items-center gap-2">
        <span className="truncate font-medium">{entry.name}</span>
        <span className="ml-auto shrink-0">
          <PlanButton onPlan={onPlan} />
        </span>
      </span>
      <span className="flex items-center gap-2 text-12 text-ink-2">
        <Pill tone={tones[entry.state]}>{label('planState', entry.state)}</Pill>
        <Due entry={entry} />
      </span>
    </div>
  )
}
