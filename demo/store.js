// @ts-check

/** @typedef {{ model: string, payload: Record<string, any>, expiresAt: number }} Entry */

/** The provider's data. It survives a stop of the listener, and can be searched. */
export class Store {
  /** @type {Map<string, Entry>} */
  #entries = new Map();

  /** The adapter class that oidc-provider needs, instantiated per model. */
  adapter() {
    const entries = this.#entries;
    const store = this;
    return class Adapter {
      /** @param {string} model */
      constructor(model) {
        this.model = model;
      }

      /** @param {string} id @param {Record<string, any>} payload @param {number} expiresIn in s */
      async upsert(id, payload, expiresIn) {
        const expiresAt = expiresIn ? Date.now() + expiresIn * 1_000 : Number.POSITIVE_INFINITY;
        entries.set(`${this.model}:${id}`, { model: this.model, payload, expiresAt });
      }

      /** @param {string} id */
      async find(id) {
        const entry = entries.get(`${this.model}:${id}`);
        return entry && entry.expiresAt > Date.now() ? entry.payload : undefined;
      }

      /** @param {string} uid */
      async findByUid(uid) {
        return store.find(this.model, (payload) => payload['uid'] === uid)[0];
      }

      /** @param {string} userCode */
      async findByUserCode(userCode) {
        return store.find(this.model, (payload) => payload['userCode'] === userCode)[0];
      }

      /** @param {string} id */
      async consume(id) {
        const payload = await this.find(id);
        if (payload) payload['consumed'] = Math.floor(Date.now() / 1_000);
      }

      /** @param {string} id */
      async destroy(id) {
        entries.delete(`${this.model}:${id}`);
      }

      /** @param {string} grantId */
      async revokeByGrantId(grantId) {
        store.destroy((payload) => payload['grantId'] === grantId);
      }
    };
  }

  /**
   * @param {string} model
   * @param {(payload: Record<string, any>) => boolean} matches
   */
  find(model, matches) {
    return [...this.#entries.values()]
      .filter((entry) => entry.model === model && entry.expiresAt > Date.now())
      .map((entry) => entry.payload)
      .filter(matches);
  }

  /** @param {(payload: Record<string, any>, model: string) => boolean} matches */
  destroy(matches) {
    for (const [key, { model, payload }] of this.#entries) {
      if (matches(payload, model)) this.#entries.delete(key);
    }
  }
}
