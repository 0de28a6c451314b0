import type { ConfigurationPlan, ReachedStation } from '@haidang/contracts/station-configuration'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { say } from '../../components/toast.tsx'
import { ReasonDialog } from '../rules/reason-dialog.tsx'
import { useInShort } from './setting-words.ts'

interface PublishPlanProps {
  readonly plan: ConfigurationPlan
  readonly basedOn: number
  readonly onClose: () => void
}

const shown = 12

/** Which stations a plan reaches and what it sets there, before it is put into force with a reason. */
export function PublishPlan({ plan, basedOn, onClose }: PublishPlanProps) {
  const { t } = useLingui()
  const client = useQueryClient()
  const preview = useQuery({
    queryKey: ['station-configuration', 'preview', plan],
    queryFn: ({ signal }) => api.stationConfiguration.preview({ body: { plan } }, signal),
    retry: false,
  })
  const publish = useMutation({
    mutationFn: (reason: string) =>
      api.stationConfiguration.publish({ body: { plan, reason, based_on: basedOn } }),
    onSuccess: ({ number }) => {
      void client.invalidateQueries({ queryKey: ['station-configuration'] })
      say(t`Bản ${number} đang được gửi tới các trạm`)
      onClose()
    },
  })
  return (
    <ReasonDialog
      title={t`Đặt cho các trạm`}
      about={
        <Asked query={preview}>
          {({ reached, reached_count, changed_count, stations }) => (
            <div className="flex flex-col gap-2">
              <p>
                {t`Tới ${reached_count} trong ${stations} trạm; ${changed_count} trạm nhận thay đổi.`}
              </p>
              <ul className="max-h-56 divide-y divide-line overflow-y-auto">
                {reached.slice(0, shown).map((one) => (
                  <ReachedLine key={one.station_id} station={one} />
                ))}
              </ul>
              {reached_count > shown ? <p>{t`và ${reached_count - shown} trạm nữa`}</p> : null}
            </div>
          )}
        </Asked>
      }
      label={t`Lý do, căn cứ`}
      act={t`Đặt cho các trạm`}
      error={publish.error}
      busy={publish.isPending}
      onGive={(reason) => publish.mutate(reason)}
      onClose={onClose}
    />
  )
}

function ReachedLine({ station }: { station: ReachedStation }) {
  const inShort = useInShort()
  const { station_name, organisation_name, groups, settings } = station
  return (
    <li className="py-1 text-13">
      <span className="font-medium">{station_name}</span>{' '}
      <span className="text-ink-3">
        {organisation_name} · {groups.join(', ')}
      </span>
      <p className="break-words text-ink-2">{inShort(settings)}</p>
    </li>
  )
}
