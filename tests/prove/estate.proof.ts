import { EstateRun } from '../system/harness/estate-run.ts'
import { Missed } from './missed.ts'

const stations = 500
const seconds = 30
/** Of one core: what heartbeats may take, hundredths. */
const mostForHeartbeats = 5
/** Milliseconds. */
const mostForPage = 300

/**
 * 500 stations on one centre, with keys and certificates of their own: what their open long polls, their heartbeats
 * and their alerts take, how long a page of the estate takes meanwhile, and that no alert is lost.
 */
export async function prove(say: (text: string) => void): Promise<Record<string, number>> {
  await using run = await EstateRun.start({
    stations,
    seconds,
    beatSeconds: 30,
    alertsEach: 20,
    say,
  })
  const idle = await run.rest()
  say(`idle: ${JSON.stringify(idle)}`)
  await run.join()
  const polling = await run.rest()
  say(`with long polls: ${JSON.stringify(polling)}`)
  run.beat()
  const beating = await run.rest()
  say(`with heartbeats: ${JSON.stringify(beating)}`)
  const alerting = await run.alert()
  say(`with alerts: ${JSON.stringify(alerting)}`)
  const page = await run.pageTime()
  say(`a page of the estate: p95 ${page} ms`)
  const alerts = await run.verify()
  const turnedAway = run.stations.reduce((sum, station) => sum + station.turnedAway, 0)
  const heartbeats = beating.program - polling.program
  const figures = {
    stations,
    alerts,
    turned_away: turnedAway,
    page_p95_ms: page,
    idle_program: idle.program,
    idle_database: idle.database,
    polling_program: polling.program,
    polling_database: polling.database,
    beating_program: beating.program,
    beating_database: beating.database,
    alerting_program: alerting.program,
    alerting_database: alerting.database,
    heartbeats_program: Math.round(heartbeats * 100) / 100,
    heartbeats_database: Math.round((beating.database - polling.database) * 100) / 100,
  }
  say(JSON.stringify(figures))
  const missed = [
    ...(page > mostForPage ? [`a page takes ${page} ms`] : []),
    ...(heartbeats > mostForHeartbeats ? [`heartbeats take ${heartbeats} % of a core`] : []),
  ]
  if (missed.length > 0) throw new Missed(missed, figures)
  return figures
}
