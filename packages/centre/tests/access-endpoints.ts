import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Api, Endpoint } from '@haidang/contracts/endpoint'

/** Tables whose endpoints the station part of a node serves; its own tests ask the same of them. */
const ofTheStation = [
  ...['sourceApi', 'releaseApi', 'archiveApi', 'ruleApi', 'backupApi'],
  'parentConfigurationApi',
]

const directory = join(import.meta.dirname, '../../contracts/src')
const files = readdirSync(directory).filter((file) => /(?<!\.test)\.ts$/.test(file))
const modules = await Promise.all(files.map((file) => import(join(directory, file))))

/** Every endpoint a centre serves, by the name of its table and its own. */
export function centreEndpoints(): [string, Endpoint][] {
  return modules
    .flatMap((module: object) => Object.entries(module).filter(([name]) => name.endsWith('Api')))
    .filter(([name]) => !ofTheStation.includes(name))
    .flatMap(([table, api]: [string, Api]) =>
      Object.entries(api).map(([name, one]): [string, Endpoint] => [`${table}.${name}`, one]),
    )
}
