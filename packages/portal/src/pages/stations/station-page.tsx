import type { Station } from '@haidang/contracts/station'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { Identifier } from '../../components/identifier.tsx'
import { ObjectHead, TwoColumns } from '../../components/object-head.tsx'
import { Page, Section } from '../../components/page.tsx'
import { Pill, SimulatedMark } from '../../components/pill.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { StationActs } from './station-acts.tsx'
import { StationDoubts } from './station-doubts.tsx'
import { StationGaps } from './station-gaps.tsx'
import { StationHealth } from './station-health.tsx'
import { StationInspections } from './station-inspections.tsx'
import { StationMonitoringPart } from './station-monitoring.tsx'
import { StationPlace } from './station-place.tsx'
import { StationRelease } from './station-release.tsx'
import { StationSources } from './station-sources.tsx'
import { StationSystems } from './station-systems.tsx'
import { stationTones } from './station-tones.ts'

const route = getRouteApi('/shell/stations/$id')

/** Is it well, what is missing, and what to do about it. */
export function StationPage() {
  const { t } = useLingui()
  const { id } = route.useParams()
  const query = useQuery({
    queryKey: ['stations', 'one', id],
    queryFn: ({ signal }) => api.stations.get({ params: { id } }, signal),
    refetchInterval: 30_000,
  })
  return (
    <Page title={query.data?.name ?? t`Trạm`}>
      <Asked query={query}>{(station) => <Body station={station} />}</Asked>
    </Page>
  )
}

function Body({ station }: { station: Station }) {
  const { t } = useLingui()
  const { label } = useWords()
  return (
    <>
      <ObjectHead
        line={
          <>
            <Pill tone={stationTones[station.state]}>{label('stationState', station.state)}</Pill>
            {station.local ? <Pill>{t`nút này`}</Pill> : null}
            {station.simulated ? <SimulatedMark /> : null}
            <span className="text-ink-2">{station.organisation_name}</span>
            {station.last_heartbeat_at ? (
              <span className="text-ink-3">
                {t`nhịp gần nhất`} <Time at={station.last_heartbeat_at} />
              </span>
            ) : null}
          </>
        }
        title={station.name}
        acts={<StationActs station={station} />}
      />
      <TwoColumns
        story={
          <>
            {station.state === 'pending' ? <Compare station={station} /> : null}
            <StationHealth station={station} />
            <StationSources station={station} />
            <StationSystems station={station} />
            <StationInspections station={station} />
            <StationMonitoringPart station={station} />
            <StationRelease station={station} />
            <StationGaps station={station} />
            <StationDoubts station={station} />
          </>
        }
        facts={
          <Section title={t`Thông tin`}>
            <Facts>
              <Fact name={t`Phiên bản`}>
                <span className="font-mono text-12">{station.software || '—'}</span>
              </Fact>
              <Fact name={t`Nơi đặt`}>{station.location || '—'}</Fact>
              <Fact name={t`Tỉnh, thành`}>
                <StationPlace station={station} />
              </Fact>
              <Replacement station={station} />
              <Fact name={t`Liên hệ trực`}>{station.contact || '—'}</Fact>
              {station.joined_at ? (
                <Fact name={t`Nối từ`}>
                  <Time at={station.joined_at} as="absolute" />
                </Fact>
              ) : null}
              {station.last_data_at ? (
                <Fact name={t`Dữ liệu cuối`}>
                  <Time at={station.last_data_at} as="absolute" />
                </Fact>
              ) : null}
              {station.certificate_expires_at ? (
                <Fact name={t`Chứng thư tới`}>
                  <Time at={station.certificate_expires_at} as="absolute" />
                </Fact>
              ) : null}
              {station.fingerprint ? (
                <Fact name={t`Vân tay khóa`}>
                  <Identifier value={station.fingerprint} />
                </Fact>
              ) : null}
              {station.capabilities.length > 0 ? (
                <Fact name={t`Năng lực`}>
                  <span className="font-mono text-12 text-ink-2">
                    {station.capabilities.join(' · ')}
                  </span>
                </Fact>
              ) : null}
              <Fact name={t`Mã nút`}>
                <Identifier value={station.node_id} />
              </Fact>
              <Fact name={t`Mã trạm`}>
                <Identifier value={station.id} />
              </Fact>
            </Facts>
          </Section>
        }
      />
    </>
  )
}

/** Which station took this one's place, and whose place it took. */
function Replacement({ station: { replaced_by, replaces } }: { station: Station }) {
  const { t } = useLingui()
  const linked = ({ id, name }: { id: string; name: string }) => (
    <Link key={id} to="/stations/$id" params={{ id }} className="mr-2 text-accent hover:underline">
      {name}
    </Link>
  )
  return (
    <>
      {replaced_by ? <Fact name={t`Được thay bằng`}>{linked(replaced_by)}</Fact> : null}
      {replaces.length > 0 ? <Fact name={t`Thay cho`}>{replaces.map(linked)}</Fact> : null}
    </>
  )
}

/** Before a station is let in, a person compares its key with the people who run it. */
function Compare({ station }: { station: Station }) {
  const { t } = useLingui()
  return (
    <div className="border-accent border-l-4 bg-accent-soft px-4 py-3">
      <p className="font-semibold text-15">{t`Đối chiếu trước khi duyệt`}</p>
      <p className="max-w-[70ch] pt-1 text-15">
        {t`Gọi đơn vị theo số đã biết từ trước, đọc cho nhau dấu vân tay khóa. Giống hệt thì duyệt.`}
      </p>
      <p className="break-all pt-2 font-mono text-15 tracking-wide">
        {station.fingerprint.replace(/[^0-9a-f]/gi, '').replace(/(.{4})(?=.)/g, '$1 ') ||
          station.fingerprint}
      </p>
    </div>
  )
}
