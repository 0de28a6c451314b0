import type { Inspection } from '@haidang/contracts/inspection'
import { Plural, useLingui } from '@lingui/react/macro'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { Button } from '../../components/button.tsx'
import { FilteredList } from '../../components/filtered-list.tsx'
import { Pill } from '../../components/pill.tsx'
import { Empty } from '../../components/states.tsx'
import type { Column } from '../../components/table-column.ts'
import { plainDate } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'
import { InspectionSheet } from './inspection-sheet.tsx'

const route = getRouteApi('/shell/stations')
const idOf = (inspection: Inspection) => inspection.id
const fields = [
  ...['station', 'station_id', 'organisation_id', 'kind', 'inspected_on', 'inspector'],
  ...['signed', 'open_findings'],
]

/** Inspections of all stations, newest first (1017 II.3.đ). */
export function InspectionsTab() {
  const { t } = useLingui()
  const { q = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const [open, setOpen] = useState<string>()
  const filter = q || undefined
  const pages = usePages({
    queryKey: ['inspections', 'list', filter],
    read: (cursor, signal) =>
      api.inspections.list({ query: { limit: 100, cursor, filter } }, signal),
  })
  return (
    <>
      <FilteredList
        q={q}
        fields={fields}
        example="open_findings>0"
        onFilter={(next) =>
          void navigate({
            to: '/stations',
            search: { tab: 'inspections', ...(next ? { q: next } : {}) },
            replace: true,
          })
        }
        pages={pages}
        name="inspections"
        label={t`Biên bản kiểm tra`}
        idOf={idOf}
        columns={useInspectionColumns(setOpen)}
        compact={(inspection) => <InspectionLine inspection={inspection} onOpen={setOpen} />}
        onOpen={({ id }) => setOpen(id)}
        empty={
          <Empty title={t`Chưa có biên bản nào`}>
            {t`Mỗi sáu tháng một lần; lập biên bản ở trang của từng trạm.`}
          </Empty>
        }
      />
      {open ? <InspectionSheet id={open} onClose={() => setOpen(undefined)} /> : null}
    </>
  )
}

/** Draft, signed, or signed with something left to remedy. */
export function InspectionState({ inspection }: { inspection: Inspection }) {
  const { t } = useLingui()
  if (inspection.signed_at === null) return <Pill tone="accent">{t`Bản thảo`}</Pill>
  const { open_findings: left } = inspection
  return left > 0 ? (
    <Pill tone="high">
      <Plural value={left} other="# tồn tại" />
    </Pill>
  ) : (
    <Pill tone="good">{t`Đã ký`}</Pill>
  )
}

function useInspectionColumns(onOpen: (id: string) => void): readonly Column<Inspection>[] {
  const { t } = useLingui()
  const { label } = useWords()
  return useMemo(
    () => [
      {
        id: 'day',
        header: t`Ngày kiểm tra`,
        width: '120px',
        fixed: true,
        cell: ({ inspected_on }) => plainDate(inspected_on),
      },
      {
        id: 'station',
        header: t`Trạm`,
        width: 'minmax(160px,2fr)',
        fixed: true,
        cell: ({ id, station_name }) => (
          <Button look="quiet" size="small" onClick={() => onOpen(id)}>
            {station_name}
          </Button>
        ),
      },
      {
        id: 'kind',
        header: t`Loại`,
        width: '112px',
        cell: ({ kind }) => label('inspectionKind', kind),
      },
      {
        id: 'state',
        header: t`Tình trạng`,
        width: '120px',
        cell: (inspection) => <InspectionState inspection={inspection} />,
      },
      {
        id: 'inspector',
        header: t`Người kiểm tra`,
        width: 'minmax(120px,1fr)',
        from: 760,
        cell: ({ inspector }) => inspector,
      },
      {
        id: 'signed',
        header: t`Người ký`,
        width: 'minmax(120px,1fr)',
        from: 960,
        cell: ({ signed_by }) => signed_by ?? '—',
      },
    ],
    [t, label, onOpen],
  )
}

interface LineProps {
  readonly inspection: Inspection
  readonly onOpen: (id: string) => void
}

function InspectionLine({ inspection, onOpen }: LineProps) {
  const { label } = useWords()
  return (
    <div className="flex flex-col items-start gap-1">
      <Button look="quiet" size="small" onClick={() => onOpen(inspection.id)}>
        {inspection.station_name}
      </Button>
      <span className="flex items-center gap-2 text-12 text-ink-2">
        {plainDate(inspection.inspected_on)} · {label('inspectionKind', inspection.kind)}
        <InspectionState inspection={inspection} />
      </span>
    </div>
  )
}
