import type { Shift } from '@haidang/contracts/shift'
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useMay, useMe } from '../../api/session.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { useNow } from '../../components/time.tsx'
import { dateTime, instantOf } from '../../format/instant.ts'
import { ShiftForm } from './shift-form.tsx'
import { SwapDialog } from './swap-dialog.tsx'

interface ShiftDialogProps {
  readonly organisation: string
  readonly shift?: Shift
  /** The day a new shift is on unless told. */
  readonly day: string
  readonly onClose: () => void
}

/** One shift: to change for who keeps the roster, to read and to swap for everybody else. */
export function ShiftDialog(props: ShiftDialogProps) {
  const may = useMay()
  const now = instantOf(useNow())
  const [swaps, setSwaps] = useState(false)
  const { shift, onClose } = props
  const isOver = shift !== undefined && shift.ends_at <= now
  if (shift && swaps) return <SwapDialog shift={shift} onClose={onClose} />
  if (may('shift.manage') && !isOver)
    return (
      <ShiftForm
        {...props}
        swap={shift && <SwapButton shift={shift} onSwap={() => setSwaps(true)} />}
      />
    )
  return shift ? <Reading shift={shift} onClose={onClose} onSwap={() => setSwaps(true)} /> : null
}

interface ReadingProps {
  readonly shift: Shift
  readonly onClose: () => void
  readonly onSwap: () => void
}

function Reading({ shift, onClose, onSwap }: ReadingProps) {
  const { t } = useLingui()
  const { name, starts_at, ends_at, officer, members, note, organisation_name } = shift
  return (
    <Dialog open onClose={onClose} title={name} about={organisation_name}>
      <Facts>
        <Fact name={t`Bắt đầu`}>{dateTime(starts_at)}</Fact>
        <Fact name={t({ message: 'Kết thúc', context: 'shift' })}>{dateTime(ends_at)}</Fact>
        <Fact name={t({ message: 'Trực ban', context: 'officer' })}>
          {officer?.name ?? t`Chưa có trực ban`}
        </Fact>
        <Fact name={t`Cùng trực`}>{members.map((one) => one.name).join(', ') || '—'}</Fact>
        <Fact name={t`Ghi chú`}>{note || '—'}</Fact>
      </Facts>
      <SwapButton shift={shift} onSwap={onSwap} />
    </Dialog>
  )
}

/** Only one's own shift that has not begun can be swapped. */
function SwapButton({ shift, onSwap }: Omit<ReadingProps, 'onClose'>) {
  const { t } = useLingui()
  const { person } = useMe()
  const may = useMay()
  const now = instantOf(useNow())
  const isMine = [shift.officer, ...shift.members].some((one) => one?.id === person.id)
  if (!isMine || shift.starts_at <= now || !may('shift.stand')) return null
  return <Button className="mt-4" onClick={onSwap}>{t`Đề nghị đổi ca`}</Button>
}
