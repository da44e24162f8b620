-- Candidate pairs of documents, from the postings of their fingerprints.
--
-- postings(document, fingerprint, recurring): each fingerprint of each document once; recurring
--   is 1 where the fingerprint belongs to text that recurs throughout one outlet.
-- limits(few_documents, most_documents, least_points, least_share): one row.
--
-- A fingerprint that few_documents or fewer hold gives each pair of them two points, one that up
-- to most_documents hold gives one point: a set phrase of the language makes no candidate alone.
-- What still more documents hold says little of any two of them. It pairs each of them with the
-- first alone, and only where a good part (least_share) of the later document's fingerprints lead
-- to the same first one: so that of thousands of copies each is tied to one, at the cost of one
-- row a posting.
WITH frequency AS (
    SELECT fingerprint, COUNT(*) AS documents, MIN(document) AS first_document
    FROM postings
    GROUP BY fingerprint
    HAVING COUNT(*) > 1
),
rare AS (
    SELECT
        p.document, p.fingerprint, p.recurring,
        CASE WHEN f.documents <= l.few_documents THEN 2 ELSE 1 END AS points
    FROM postings p
    JOIN frequency f ON f.fingerprint = p.fingerprint
    CROSS JOIN limits l
    WHERE f.documents <= l.most_documents
),
by_rare AS (
    SELECT a.document AS a, b.document AS b, SUM(a.points) AS points
    FROM rare a
    JOIN rare b ON b.fingerprint = a.fingerprint AND b.document > a.document
    WHERE a.recurring = 0 OR b.recurring = 0
    GROUP BY a.document, b.document
    HAVING SUM(a.points) >= (SELECT least_points FROM limits)
),
size AS (
    SELECT document, COUNT(*) AS fingerprints
    FROM postings
    GROUP BY document
),
by_common AS (
    SELECT f.first_document AS a, p.document AS b, COUNT(*) AS points
    FROM postings p
    JOIN frequency f ON f.fingerprint = p.fingerprint
    CROSS JOIN limits l
    WHERE f.documents > l.most_documents AND p.document > f.first_document AND p.recurring = 0
    GROUP BY f.first_document, p.document
)
SELECT a, b, CAST(SUM(points) AS BIGINT) AS points
FROM (
    SELECT a, b, points FROM by_rare
    UNION ALL
    SELECT c.a, c.b, c.points
    FROM by_common c
    JOIN size s ON s.document = c.b
    CROSS JOIN limits l
    WHERE c.points >= l.least_points AND c.points >= l.least_share * s.fingerprints
) pairs
GROUP BY a, b
ORDER BY a, b
