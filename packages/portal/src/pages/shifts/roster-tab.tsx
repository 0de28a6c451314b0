import type { Shift } from '@haidang/contracts/shift'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { CalendarPlus, ChevronLeft, ChevronRight, Plus } from 'lucide-react'
import { useState } from 'react'
import { useOrganisations } from '../../api/organisations.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { useMe } from '../../api/session.ts'
import { Asked } from '../../components/asked.tsx'
import { Button, buttonStyle } from '../../components/button.tsx'
import { Select } from '../../components/field.tsx'
import { NamedOptions } from '../../components/options.tsx'
import { Empty } from '../../components/states.tsx'
import { dateOf, datesFrom, dayAfter, mondayOf } from '../../format/day.ts'
import { plainDate, secondsFromNow } from '../../format/instant.ts'
import { useKeys } from '../../keys/keyboard.ts'
import { CalendarAddress } from './calendar-address.tsx'
import { MakeRosterDialog } from './make-roster-dialog.tsx'
import { RosterFaults } from './roster-faults.tsx'
import { RosterGrid } from './roster-grid.tsx'
import { ShiftDialog } from './shift-dialog.tsx'
import { rosterQuery } from './shift-queries.ts'

const route = getRouteApi('/shell/shifts')
const daysOf = { week: 7, month: 35 }

/** The roster of an organisation by week or by five, to read and to change. */
export function RosterTab() {
  const { t } = useLingui()
  const { person, node } = useMe()
  const refusal = useRefusal()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const organisations = useOrganisations()
  const [dialog, setDialog] = useState<Shift | 'add' | 'make' | null>(null)
  const today = dateOf(secondsFromNow(0))
  const from = mondayOf(search.on ?? today)
  const length = daysOf[search.span ?? 'week']
  const of = search.of ?? person.organisation_id
  const days = datesFrom(from, length)
  const to = days.at(-1) ?? from
  const query = useQuery(rosterQuery(of, from, to))
  const go = (next: Partial<typeof search>) =>
    void navigate({ to: '/shifts', search: (old) => ({ ...old, ...next }), replace: true })
  const move = (by: number) => go({ on: dayAfter(from, by * length) })
  useKeys({ 'previous-span': () => move(-1), 'next-span': () => move(1) })
  const close = () => setDialog(null)
  const make = (
    <Button refusal={refusal('shift.manage')} look="primary" onClick={() => setDialog('make')}>
      <CalendarPlus aria-hidden="true" className="size-4" />
      {t`Lập lịch theo mẫu`}
    </Button>
  )
  const params = new URLSearchParams({ organisation_id: of, from, to })
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 pb-3">
        <Button size="icon" aria-label={t`Khoảng trước`} onClick={() => move(-1)}>
          <ChevronLeft aria-hidden="true" className="size-4" />
        </Button>
        <span className="min-w-44 text-center font-medium text-13">
          {plainDate(from)} – {plainDate(to)}
        </span>
        <Button size="icon" aria-label={t`Khoảng sau`} onClick={() => move(1)}>
          <ChevronRight aria-hidden="true" className="size-4" />
        </Button>
        <Button onClick={() => go({ on: undefined })}>{t`Hôm nay`}</Button>
        <Select
          className="w-28"
          aria-label={t`Khoảng xem`}
          value={search.span ?? 'week'}
          onChange={({ target }) => go({ span: target.value === 'month' ? 'month' : undefined })}
        >
          <option value="week">{t`Tuần`}</option>
          <option value="month">{t`Năm tuần`}</option>
        </Select>
        <Select
          className="w-56 max-w-full"
          aria-label={t`Tổ chức`}
          value={of}
          onChange={({ target }) => go({ of: target.value })}
        >
          <NamedOptions
            of={withOwn(organisations, person.organisation_id, node.organisation_name)}
          />
        </Select>
        <span className="ml-auto flex flex-wrap gap-2">
          {(['csv', 'xlsx'] as const).map((format) => (
            <a
              key={format}
              href={`/api/v1/shift-export?${params}&format=${format}`}
              download
              aria-label={t`Tải về ${format.toUpperCase()}`}
              className={buttonStyle({ look: 'plain' })}
            >
              {format.toUpperCase()}
            </a>
          ))}
          <Button refusal={refusal('shift.manage')} onClick={() => setDialog('add')}>
            <Plus aria-hidden="true" className="size-4" />
            {t`Thêm ca`}
          </Button>
          {make}
        </span>
      </div>
      <Asked query={query}>
        {({ shifts, faults }) =>
          shifts.length === 0 ? (
            <Empty title={t`Chưa có lịch trực trong khoảng này`} act={make}>
              {t`Lập lịch theo mẫu: hệ thống xếp ca cho các kíp, báo khoảng trống và chỗ nghỉ quá ngắn.`}
            </Empty>
          ) : (
            <>
              <RosterFaults faults={faults} />
              <RosterGrid
                days={days}
                today={today}
                shifts={shifts}
                faults={faults}
                onOpen={setDialog}
              />
            </>
          )
        }
      </Asked>
      <CalendarAddress />
      {dialog === 'make' ? (
        <MakeRosterDialog organisation={of} from={from} onClose={close} />
      ) : null}
      {dialog === 'add' ? <ShiftDialog organisation={of} day={from} onClose={close} /> : null}
      {dialog !== null && typeof dialog === 'object' ? (
        <ShiftDialog organisation={of} shift={dialog} day={from} onClose={close} />
      ) : null}
    </>
  )
}

interface Named {
  readonly id: string
  readonly name: string
}

function withOwn(organisations: readonly Named[], id: string, name: string): readonly Named[] {
  return organisations.some((each) => each.id === id)
    ? organisations
    : [{ id, name }, ...organisations]
}
