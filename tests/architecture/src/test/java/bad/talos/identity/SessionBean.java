package bad.talos.identity;

import jakarta.ejb.Stateless;

/** An operation that is an EJB. */
@Stateless
class SessionBean {}
