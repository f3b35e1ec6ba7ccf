import { UnsecuredJWT } from 'jose'
import { expect, test } from 'vitest'
import { authenticationFromToken, readClaims } from '../../src/core/token.js'

const claims = { iss: 'https://id.test', sub: 'ada', auth_time: 1_795_000_000 }
const token = new UnsecuredJWT(claims).encode()

test('what a token says, unverified', () => {
  expect(readClaims(token)).toEqual(claims)
  expect(authenticationFromToken(token)).toEqual({
    ...{ issuer: claims.iss, subject: 'ada', authTime: claims.auth_time },
  })
})

test('what is not a token is refused', () => {
  expect(() => authenticationFromToken('not.a-token')).toThrow('Invalid JWT')
})
