import { instantOf } from '@haidang/contracts/instant'
import { syslog } from './syslog.ts'

export interface WebRequest {
  readonly time: number
  readonly host: string
  readonly client: string
  readonly method?: string
  readonly path: string
  readonly status?: number
  readonly bytes?: number
  readonly agent?: string
  readonly referrer?: string
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const sevenHours = 7 * 3_600_000
export const browser = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Gecko/20100101 Firefox/140.0'

/** One line of nginx's combined access log, sent as nginx sends it over syslog. */
export function webRequest(request: WebRequest): string {
  const { time, host, client, method = 'GET', path, status = 200, bytes = 5120 } = request
  const { agent = browser, referrer = '-' } = request
  const line = `${client} - - [${localTime(time)}] "${method} ${path} HTTP/1.1" ${status} ${bytes} "${referrer}" "${agent}"`
  return syslog({ time, host, program: 'nginx', message: line, priority: 190 })
}

/** As Apache and nginx write it, in the time of Việt Nam. */
function localTime(time: number): string {
  const [date = '', clock = ''] = instantOf(time + sevenHours).split('T')
  const [year, month, day] = date.split('-')
  return `${day}/${months[Number(month) - 1]}/${year}:${clock.slice(0, 8)} +0700`
}
