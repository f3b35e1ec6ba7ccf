import { sameText } from '../idp/same-text.js'

/** Who works at Initech. Lin has an account at Acme too; Sam has none. */
export const employees = [
  {
    ...{ sub: 'initech-1001', email: 'lin@initech.test', name: 'Lin Chen' },
    password: 'paper jam',
  },
  {
    ...{ sub: 'initech-1002', email: 'sam@initech.test', name: 'Sam Okafor' },
    password: 'red stapler',
  },
] as const

export type Employee = (typeof employees)[number]

export function findEmployee(sub: string | undefined): Employee | undefined {
  return employees.find((employee) => employee.sub === sub)
}

export function authenticate(email: string, password: string): Employee | undefined {
  const employee = employees.find((employee) => employee.email === email.trim().toLowerCase())
  return sameText(password, employee?.password ?? '') ? employee : undefined
}
