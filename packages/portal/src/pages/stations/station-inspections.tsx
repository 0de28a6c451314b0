import type { Station } from '@haidang/contracts/station'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Section } from '../../components/page.tsx'
import { plainDate } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'
import { InspectionDialog } from './inspection-dialog.tsx'
import { InspectionSheet } from './inspection-sheet.tsx'
import { InspectionState } from './inspections-tab.tsx'

/** When the station was inspected, what was found, and the way to the next record. */
export function StationInspections({ station }: { station: Station }) {
  const { t } = useLingui()
  const { label } = useWords()
  const refusal = useRefusal()
  const [writing, setWriting] = useState(false)
  const [open, setOpen] = useState<string>()
  const query = useQuery({
    queryKey: ['inspections', 'of', station.id],
    queryFn: ({ signal }) =>
      api.inspections.list({ query: { limit: 50, filter: `station_id:${station.id}` } }, signal),
  })
  return (
    <Section
      title={t`Kiểm tra định kỳ`}
      acts={
        <Button size="small" refusal={refusal('station.manage')} onClick={() => setWriting(true)}>
          {t`Lập biên bản`}
        </Button>
      }
    >
      <Asked query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="py-2 text-13 text-ink-3">
              {t`Chưa có biên bản nào. Quy định: sáu tháng một lần (1017 II.3.đ).`}
            </p>
          ) : (
            <ul className="divide-y divide-line">
              {items.map((inspection) => (
                <li
                  key={inspection.id}
                  className="flex flex-wrap items-center gap-x-3 py-1.5 text-13"
                >
                  <Button look="quiet" size="small" onClick={() => setOpen(inspection.id)}>
                    {plainDate(inspection.inspected_on)}
                  </Button>
                  <span>{label('inspectionKind', inspection.kind)}</span>
                  <InspectionState inspection={inspection} />
                  <span className="text-ink-3">{inspection.inspector}</span>
                </li>
              ))}
            </ul>
          )
        }
      </Asked>
      {writing ? (
        <InspectionDialog stationId={station.id} onClose={() => setWriting(false)} />
      ) : null}
      {open ? <InspectionSheet id={open} onClose={() => setOpen(undefined)} /> : null}
    </Section>
  )
}
