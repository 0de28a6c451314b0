import type { Order } from '@haidang/contracts/order'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { Ladder } from '../../components/ladder.tsx'
import { Entries } from './entries.tsx'
import { JudgeButtons } from './judge.tsx'

interface LadderDialogProps {
  readonly order: Order
  readonly organisationId: string
  readonly onClose: () => void
}

/** One ladder with all that was said on it, opened from its line in the matrix. */
export function LadderDialog({ order, organisationId, onClose }: LadderDialogProps) {
  const query = useQuery({
    queryKey: ['orders', 'ladder', order.id, organisationId],
    queryFn: ({ signal }) =>
      api.orderMatrix.ladder({ params: { id: order.id, organisation: organisationId } }, signal),
  })
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={query.data?.organisation_name ?? order.number}
      about={`${order.number} · ${order.title}`}
    >
      <Asked query={query}>
        {(addressee) => (
          <>
            <Ladder addressee={addressee} />
            <Entries order={order} addressee={addressee} />
            {order.mine === 'issuer' ? (
              <Acts>
                <JudgeButtons order={order} addressee={addressee} />
              </Acts>
            ) : null}
          </>
        )}
      </Asked>
    </Dialog>
  )
}
